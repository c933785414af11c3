data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  partition = data.aws_partition.current.partition
  account   = data.aws_caller_identity.current.account_id
  # The argument was renamed in version 6 of the provider, which still has the old one.
  region = data.aws_region.current.name

  table_names = coalescelist(var.allowed_tables, var.tables, ["*"])
  table_arn   = "arn:${local.partition}:dynamodb:${local.region}:${local.account}:table"
  table_arns  = [for table in local.table_names : "${local.table_arn}/${table}"]
  backup_arns = [for table in local.table_names : "${local.table_arn}/${table}/backup/*"]
  export_arns = [for table in local.table_names : "${local.table_arn}/${table}/export/*"]
  test_tables = "${local.table_arn}/${var.restore_test_prefix}*"

  bucket_arn = "arn:${local.partition}:s3:::${var.backup_bucket}"
  vault_arn  = "${local.bucket_arn}/${var.s3_exports_prefix}"

  function_arn  = "arn:${local.partition}:lambda:${local.region}:${local.account}:function:${var.name}"
  log_group_arn = "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:/aws/lambda/${var.name}"

  loads_csv = var.csv_table != ""

  # What differs between the functions. Roles and policies are in roles.tf.
  functions = merge(
    {
      backup = {
        description = "Backs tables up into the vault"
        handler     = "io.dynavault.lambda.BackupHandler"
        continues   = true
        environment = {
          BACKUP_BUCKET     = var.backup_bucket
          S3_EXPORTS_PREFIX = var.s3_exports_prefix
          DYNAMODB_TABLES   = jsonencode(var.tables)
          TABLE_TAG_KEY     = var.table_tag_key
          TABLE_TAG_VALUE   = var.table_tag_value
          TABLE_PATTERN     = var.table_pattern
          BACKUP_METHOD     = var.backup_method
          BACKUP_PREFIX     = var.backup_prefix
          KMS_KEY_ARN       = var.kms_key_arn
          MAX_CONTINUATIONS = tostring(var.max_continuations)
        }
      }
      restore = {
        description = "Restores tables from the vault, and tests that it can"
        handler     = "io.dynavault.lambda.RestoreHandler"
        continues   = true
        environment = {
          BACKUP_BUCKET       = var.backup_bucket
          S3_EXPORTS_PREFIX   = var.s3_exports_prefix
          RESTORE_TEST_PREFIX = var.restore_test_prefix
          MAX_CONTINUATIONS   = tostring(var.max_continuations)
        }
      }
      cleanup = {
        description = "Deletes backups past their retention"
        handler     = "io.dynavault.lambda.CleanupHandler"
        continues   = false
        environment = {
          BACKUP_BUCKET     = var.backup_bucket
          S3_EXPORTS_PREFIX = var.s3_exports_prefix
          BACKUP_PREFIX     = var.backup_prefix
          RETENTION_DAYS    = tostring(var.retention_days)
          WINDOW_DAYS       = tostring(var.window_days)
        }
      }
    },
    local.loads_csv ? {
      csv-loader = {
        description = "Loads CSV files into a table"
        handler     = "io.dynavault.lambda.CsvLoaderHandler"
        continues   = false
        environment = {
          CSV_BUCKET = var.csv_bucket
          CSV_KEY    = var.csv_key
          CSV_TABLE  = var.csv_table
        }
      }
    } : {}
  )
}
