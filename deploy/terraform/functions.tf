resource "aws_cloudwatch_log_group" "function" {
  for_each = local.functions

  name              = "/aws/lambda/${var.name}-${each.key}"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

resource "aws_lambda_function" "function" {
  for_each = local.functions

  function_name = "${var.name}-${each.key}"
  description   = each.value.description
  handler       = each.value.handler
  role          = aws_iam_role.function[each.key].arn
  runtime       = var.runtime
  architectures = [var.architecture]
  memory_size   = var.memory_size
  timeout       = 900
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key
  publish       = var.snap_start
  tags          = var.tags
  # Lambda refuses a queue for dead letters that the role cannot send to yet.
  depends_on = [aws_cloudwatch_log_group.function, aws_iam_role_policy.function]

  environment {
    variables = merge(each.value.environment, {
      ENVIRONMENT   = var.environment
      SNS_TOPIC_ARN = aws_sns_topic.reports.arn
    })
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.dead_letters.arn
  }

  dynamic "snap_start" {
    for_each = var.snap_start ? ["PublishedVersions"] : []

    content {
      apply_on = snap_start.value
    }
  }
}

# A function goes on in a new run when time runs short; MAX_CONTINUATIONS is the bound. Lambda's own is 16 runs, then it
# would drop the rest of the work.
resource "aws_lambda_function_recursion_config" "function" {
  for_each = { for name, function in local.functions : name => function if function.continues }

  function_name  = aws_lambda_function.function[each.key].function_name
  recursive_loop = "Allow"
}

# Snapshots are of published versions; the alias is the newest one.
resource "aws_lambda_alias" "live" {
  for_each = { for name, function in local.functions : name => function if var.snap_start }

  name             = "live"
  function_name    = aws_lambda_function.function[each.key].function_name
  function_version = aws_lambda_function.function[each.key].version
}

locals {
  # What is invoked: the alias where there is one.
  entry_points = {
    for name, function in local.functions :
    name => var.snap_start ? aws_lambda_alias.live[name].arn : aws_lambda_function.function[name].arn
  }
}

resource "aws_lambda_permission" "csv_bucket" {
  count = local.loads_csv ? 1 : 0

  function_name  = aws_lambda_function.function["csv-loader"].function_name
  qualifier      = var.snap_start ? aws_lambda_alias.live["csv-loader"].name : null
  action         = "lambda:InvokeFunction"
  principal      = "s3.amazonaws.com"
  source_account = local.account
  source_arn     = "arn:${local.partition}:s3:::${var.csv_bucket}"
}
