resource "aws_cloudwatch_metric_alarm" "backup_failed" {
  alarm_name          = "${var.name}-backup-failed"
  alarm_description   = "A table could not be backed up; the report and the function's log say which and why"
  namespace           = "Dynavault"
  metric_name         = "BackupFailures"
  dimensions          = { Environment = var.environment }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.reports.arn]
  ok_actions          = [aws_sns_topic.reports.arn]
  tags                = var.tags
}

# An hour without a figure counts against it: whatever keeps the function from running, the alarm does not need it.
resource "aws_cloudwatch_metric_alarm" "no_recent_backup" {
  alarm_name          = "${var.name}-no-recent-backup"
  alarm_description   = "For 26 hours nothing has shown that every table has a backup younger than 26 hours"
  namespace           = "Dynavault"
  metric_name         = "NewestRecoveryPointAge"
  dimensions          = { Environment = var.environment }
  statistic           = "Maximum"
  period              = 3600
  evaluation_periods  = 26
  datapoints_to_alarm = 26
  threshold           = 93600
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.reports.arn]
  ok_actions          = [aws_sns_topic.reports.arn]
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "table_without_backup" {
  alarm_name          = "${var.name}-table-without-backup"
  alarm_description   = "A table that should be backed up has no backup at all, and so no age that would be too high"
  namespace           = "Dynavault"
  metric_name         = "TablesWithoutRecoveryPoint"
  dimensions          = { Environment = var.environment }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.reports.arn]
  ok_actions          = [aws_sns_topic.reports.arn]
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "restore_test_failed" {
  alarm_name          = "${var.name}-restore-test-failed"
  alarm_description   = "A backup could not be restored, or differs from what was backed up"
  namespace           = "Dynavault"
  metric_name         = "RestoreTestFailures"
  dimensions          = { Environment = var.environment }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.reports.arn]
  ok_actions          = [aws_sns_topic.reports.arn]
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  alarm_name          = "${var.name}-dead-letters"
  alarm_description   = "A function crashed or could not be started; the queue has the event"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.dead_letters.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.reports.arn]
  ok_actions          = [aws_sns_topic.reports.arn]
  tags                = var.tags
}
