variable "name" {
  description = "Beginning of all names; another one for each table"
  type        = string
}

variable "code_bucket" {
  description = "Bucket that holds the function archive (lambda/target/dynavault-lambda-<version>.zip), in this region"
  type        = string
}

variable "code_key" {
  description = "Key of the function archive; name it after the version, because a new key is what makes Terraform deploy it"
  type        = string
}

variable "runtime" {
  description = "java17, java21 or java25"
  type        = string
  default     = "java21"
}

variable "architecture" {
  description = "arm64 or x86_64"
  type        = string
  default     = "arm64"
}

variable "memory_size" {
  description = "MB, at least 512; Lambda gives processor time in proportion, which the first base of a large table needs"
  type        = number
  default     = 512
}

variable "reserved_concurrency" {
  description = "1 keeps invocations from waiting for each other, where the account has concurrency to reserve; -1 for no reservation"
  type        = number
  default     = -1
}

variable "backup_bucket" {
  description = "BACKUP_BUCKET, the bucket that holds the vault"
  type        = string
}

variable "s3_exports_prefix" {
  description = "S3_EXPORTS_PREFIX, the vault's folder in the bucket"
  type        = string
  default     = "native-exports"
}

variable "kms_key_arn" {
  description = "Key that the bucket is encrypted with; empty for keys that S3 keeps"
  type        = string
  default     = ""
}

variable "table_name" {
  description = "The table"
  type        = string
}

variable "stream_arn" {
  description = "stream_arn of the table, whose stream has new and old images; empty to capture by the schedule alone"
  type        = string
  default     = ""
}

variable "table_kms_key_arn" {
  description = "KMS key of your own that the table is encrypted with"
  type        = string
  default     = ""
}

variable "may_enable_stream" {
  description = "true lets the function switch the table's stream on, which takes the right to update the table"
  type        = bool
  default     = false
}

variable "environment" {
  description = "ENVIRONMENT, in reports and metrics"
  type        = string
  default     = "prod"
}

variable "batch_size" {
  type    = number
  default = 1000
}

variable "batching_window_seconds" {
  description = "How long Lambda gathers records; longer costs less and leaves the window further behind"
  type        = number
  default     = 10
}

variable "schedule" {
  description = "Keeps the window of a table going that nobody changes"
  type        = string
  default     = "rate(1 minute)"
}

variable "topic_arn" {
  description = "Topic that gets reports and alarms, such as that of the backups' module; empty for none"
  type        = string
  default     = ""
}

variable "lag_seconds" {
  description = "How far the window may be behind before the alarm"
  type        = number
  default     = 300
}

variable "log_retention_days" {
  type    = number
  default = 90
}

variable "tags" {
  type    = map(string)
  default = {}
}
