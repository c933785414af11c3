variable "name" {
  description = "Beginning of the names of everything the module makes"
  type        = string
  default     = "dynavault"
}

variable "tags" {
  description = "Tags of everything the module makes"
  type        = map(string)
  default     = {}
}

# ---- Code

variable "code_bucket" {
  description = "Bucket that holds the function archive, in this region"
  type        = string
}

variable "code_key" {
  description = "Key of the function archive; name it after the version, because a new key is what deploys it"
  type        = string
}

variable "runtime" {
  description = "java17 only where the account may still use it; AWS is retiring that runtime"
  type        = string
  default     = "java21"

  validation {
    condition     = contains(["java17", "java21", "java25"], var.runtime)
    error_message = "The runtime is java17, java21 or java25."
  }
}

variable "architecture" {
  description = "arm64 or x86_64"
  type        = string
  default     = "arm64"
}

variable "memory_size" {
  description = "MB for each function; Lambda gives processor time in proportion"
  type        = number
  default     = 1024
}

variable "snap_start" {
  description = "Start from a snapshot; it helps the CSV loader most"
  type        = bool
  default     = false
}

# ---- Bucket

variable "backup_bucket" {
  description = "BACKUP_BUCKET, the bucket that holds the vault"
  type        = string
}

variable "create_bucket" {
  description = "false if the bucket exists, with a policy and settings of your own"
  type        = bool
  default     = true
}

variable "s3_exports_prefix" {
  description = "S3_EXPORTS_PREFIX, the vault's folder in the bucket"
  type        = string
  default     = "native-exports"
}

variable "kms_key_arn" {
  description = "KMS_KEY_ARN, a key for the bucket and everything in it; empty for keys that S3 keeps"
  type        = string
  default     = ""
}

variable "object_lock_mode" {
  description = "OFF, GOVERNANCE or COMPLIANCE: nobody deletes or replaces a version before object_lock_days; cannot be switched off again"
  type        = string
  default     = "OFF"

  validation {
    condition     = contains(["OFF", "GOVERNANCE", "COMPLIANCE"], var.object_lock_mode)
    error_message = "The mode is OFF, GOVERNANCE or COMPLIANCE."
  }
}

variable "object_lock_days" {
  type    = number
  default = 30
}

variable "infrequent_after_days" {
  description = "Days until data files move to STANDARD_IA"
  type        = number
  default     = 30
}

variable "cold_after_days" {
  description = "Days until data files move to GLACIER_IR, from which they are still read at once"
  type        = number
  default     = 90
}

variable "noncurrent_days" {
  description = "Days that deleted objects can be brought back"
  type        = number
  default     = 30
}

# ---- What is backed up

variable "environment" {
  description = "ENVIRONMENT, in names, reports, metrics and in table_pattern"
  type        = string
  default     = "prod"
}

variable "tables" {
  description = "DYNAMODB_TABLES, names of the tables, such as [aws_dynamodb_table.orders.name]; empty to choose by tag or pattern"
  type        = list(string)
  default     = []
}

variable "table_tag_key" {
  description = "TABLE_TAG_KEY, chooses the tables that have this tag"
  type        = string
  default     = ""
}

variable "table_tag_value" {
  description = "TABLE_TAG_VALUE"
  type        = string
  default     = ""
}

variable "table_pattern" {
  description = "TABLE_PATTERN, such as mfa-api_{environment}_{type}_global"
  type        = string
  default     = ""
}

variable "allowed_tables" {
  description = "Wildcards for the names of all tables that the roles may touch; empty for exactly var.tables, or all if that is empty too"
  type        = list(string)
  default     = []
}

variable "table_kms_key_arns" {
  description = "ARNs of the KMS keys of your own that the tables are encrypted with"
  type        = list(string)
  default     = []
}

variable "backup_method" {
  description = "BACKUP_METHOD: export (needs point-in-time recovery on the tables), on-demand or scan"
  type        = string
  default     = "export"

  validation {
    condition     = contains(["export", "on-demand", "scan"], var.backup_method)
    error_message = "The method is export, on-demand or scan."
  }
}

variable "backup_prefix" {
  description = "BACKUP_PREFIX, the beginning of the names of on-demand backups; cleanup touches no others"
  type        = string
  default     = "dynavault"
}

variable "retention_days" {
  description = "RETENTION_DAYS; the newest good backup of a table is kept however old it is"
  type        = number
  default     = 35
}

variable "window_days" {
  description = "WINDOW_DAYS, for how many days any second of a continuous backup stays restorable; 0 keeps all its changes"
  type        = number
  default     = 0

  validation {
    condition     = var.window_days >= 0
    error_message = "The window is 0 days or more."
  }
}

variable "restore_test_prefix" {
  description = "RESTORE_TEST_PREFIX, the beginning of the names of tables that restore tests create and delete"
  type        = string
  default     = "dynavault-restore-test-"
}

variable "max_continuations" {
  description = "MAX_CONTINUATIONS, how often a function that runs out of time may go on in a new run"
  type        = number
  default     = 48
}

# ---- When

variable "time_zone" {
  type    = string
  default = "UTC"
}

variable "backup_schedule" {
  description = "Daily; the alarm for missing backups expects one every 26 hours"
  type        = string
  default     = "cron(0 2 * * ? *)"
}

variable "cleanup_schedule" {
  type    = string
  default = "cron(0 5 ? * SUN *)"
}

variable "restore_test_schedule" {
  type    = string
  default = "cron(0 6 1 * ? *)"
}

variable "restore_tests" {
  description = "A restore test writes each table once, and costs as much"
  type        = bool
  default     = true
}

# ---- Who is told

variable "notification_email" {
  description = "Gets reports and alarms after confirming the subscription"
  type        = string
  default     = ""
}

variable "log_retention_days" {
  type    = number
  default = 90
}

# ---- CSV loader

variable "csv_bucket" {
  description = "CSV_BUCKET"
  type        = string
  default     = ""
}

variable "csv_key" {
  description = "CSV_KEY, such as order_data.csv"
  type        = string
  default     = ""
}

variable "csv_table" {
  description = "CSV_TABLE; empty for no CSV loader"
  type        = string
  default     = ""
}

# ---- AWS Backup

variable "aws_backup" {
  description = "Also protect the tables with AWS Backup: those with the tag backup_tag_key = backup_tag_value"
  type        = bool
  default     = false
}

variable "backup_tag_key" {
  type    = string
  default = "BackupEnabled"
}

variable "backup_tag_value" {
  type    = string
  default = "true"
}

variable "daily_rule" {
  description = "Daily rule of the plan: schedule, days until cold storage (at least 90 before deletion; null for never), days until deletion"
  type = object({
    schedule           = optional(string, "cron(0 3 * * ? *)")
    cold_storage_after = optional(number)
    delete_after       = optional(number, 30)
  })
  default = {}

  validation {
    condition     = try(var.daily_rule.delete_after - var.daily_rule.cold_storage_after >= 90, true)
    error_message = "AWS keeps a backup in cold storage for 90 days at least: delete_after is cold_storage_after + 90 or more."
  }
}

variable "weekly_rule" {
  description = "Weekly rule of the plan, like daily_rule"
  type = object({
    schedule           = optional(string, "cron(0 2 ? * SUN *)")
    cold_storage_after = optional(number)
    delete_after       = optional(number, 365)
  })
  default = {}

  validation {
    condition     = try(var.weekly_rule.delete_after - var.weekly_rule.cold_storage_after >= 90, true)
    error_message = "AWS keeps a backup in cold storage for 90 days at least: delete_after is cold_storage_after + 90 or more."
  }
}

variable "copy_vault_arns" {
  description = "Vaults in other regions or accounts that get a copy of each recovery point (modules/copy-vault makes one)"
  type        = list(string)
  default     = []
}

variable "copy_from_accounts" {
  description = "Accounts that may copy recovery points into this vault"
  type        = list(string)
  default     = []
}

variable "advanced_features" {
  description = "Switch on, for the whole account and region, what cold storage and copies of DynamoDB tables need"
  type        = bool
  default     = false
}

variable "vault_lock_min_days" {
  description = "Lock the vault: no recovery point is deleted before this many days; 0 for no lock"
  type        = number
  default     = 0
}
