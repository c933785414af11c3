# Captures every change of one table into a vault, when its stream has some and every minute, so that the table can be
# restored to any second. variables.tf says what can be set, roles.tf what the function may do.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.70"
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  partition = data.aws_partition.current.partition
  account   = data.aws_caller_identity.current.account_id
  # The argument was renamed in version 6 of the provider, which still has the old one.
  region = data.aws_region.current.name

  table_arn  = "arn:${local.partition}:dynamodb:${local.region}:${local.account}:table/${var.table_name}"
  bucket_arn = "arn:${local.partition}:s3:::${var.backup_bucket}"
  vault_arn  = "${local.bucket_arn}/${var.s3_exports_prefix}"
  function   = "${var.name}-capture"
  tell       = var.topic_arn == "" ? [] : [var.topic_arn]
}

resource "aws_cloudwatch_log_group" "capture" {
  name              = "/aws/lambda/${local.function}"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

resource "aws_lambda_function" "capture" {
  function_name                  = local.function
  description                    = "Captures the changes of a table into the vault"
  handler                        = "io.dynavault.lambda.CaptureHandler"
  role                           = aws_iam_role.capture.arn
  runtime                        = var.runtime
  architectures                  = [var.architecture]
  memory_size                    = var.memory_size
  timeout                        = 900
  reserved_concurrent_executions = var.reserved_concurrency
  s3_bucket                      = var.code_bucket
  s3_key                         = var.code_key
  tags                           = var.tags
  depends_on                     = [aws_cloudwatch_log_group.capture, aws_iam_role_policy.capture]

  environment {
    variables = {
      BACKUP_BUCKET     = var.backup_bucket
      S3_EXPORTS_PREFIX = var.s3_exports_prefix
      ENVIRONMENT       = var.environment
      DYNAMODB_TABLES   = jsonencode([var.table_name])
      SNS_TOPIC_ARN     = var.topic_arn
    }
  }
}

# What the schedule sends while another invocation captures is not kept: the next minute sends it again. So there is no
# queue for dead letters.
resource "aws_lambda_function_event_invoke_config" "capture" {
  function_name                = aws_lambda_function.capture.function_name
  maximum_event_age_in_seconds = 60
  maximum_retry_attempts       = 0
}

# Records are tried again until they are in the vault, in their order; none is given up or skipped.
resource "aws_lambda_event_source_mapping" "stream" {
  count = var.stream_arn == "" ? 0 : 1

  event_source_arn                   = var.stream_arn
  function_name                      = aws_lambda_function.capture.function_name
  starting_position                  = "TRIM_HORIZON"
  batch_size                         = var.batch_size
  maximum_batching_window_in_seconds = var.batching_window_seconds
  parallelization_factor             = 1
  maximum_retry_attempts             = -1
  maximum_record_age_in_seconds      = -1
  bisect_batch_on_function_error     = false
  function_response_types            = ["ReportBatchItemFailures"]
}

resource "aws_scheduler_schedule" "capture" {
  name                         = local.function
  description                  = "Captures the table, whether its stream has sent anything or not"
  schedule_expression          = var.schedule
  schedule_expression_timezone = "UTC"
  state                        = "ENABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.capture.arn
    role_arn = aws_iam_role.schedule.arn
    # jsonencode would write the brackets of the scheduler's own variables as \u003c and \u003e.
    input = replace(replace(jsonencode({
      request_id     = "<aws.scheduler.execution-id>"
      scheduled_time = "<aws.scheduler.scheduled-time>"
    }), "\\u003c", "<"), "\\u003e", ">")

    retry_policy {
      maximum_event_age_in_seconds = 60
      maximum_retry_attempts       = 0
    }
  }
}

# Minutes without a figure count, too: whatever keeps the function from running, the alarm does not need it.
resource "aws_cloudwatch_metric_alarm" "behind" {
  alarm_name          = "${var.name}-continuous-behind"
  alarm_description   = "For a quarter of an hour the window has been behind, or nothing was heard of it; after 24 hours changes are lost"
  namespace           = "Dynavault"
  metric_name         = "ContinuousLag"
  dimensions          = { TableName = var.table_name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  datapoints_to_alarm = 3
  threshold           = var.lag_seconds
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = local.tell
  ok_actions          = local.tell
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "${var.name}-continuous-failed"
  alarm_description   = "The table could not be captured, or its window has a gap; the report and the function's log say why"
  namespace           = "Dynavault"
  metric_name         = "ContinuousFailures"
  dimensions          = { TableName = var.table_name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.tell
  ok_actions          = local.tell
  tags                = var.tags
}

output "function" {
  description = "The function that captures"
  value       = aws_lambda_function.capture.arn
}

output "vault" {
  description = "The vault, for dynavault --vault"
  value       = "s3://${var.backup_bucket}/${var.s3_exports_prefix}"
}
