locals {
  schedules = {
    daily-backup = {
      description = "Backs the tables up"
      function    = "backup"
      expression  = var.backup_schedule
      enabled     = true
      event       = {}
    }
    weekly-cleanup = {
      description = "Deletes backups past their retention"
      function    = "cleanup"
      expression  = var.cleanup_schedule
      enabled     = true
      event       = {}
    }
    monthly-restore-test = {
      description = "Restores the newest backup of each table under another name, compares and deletes it"
      function    = "restore"
      expression  = var.restore_test_schedule
      enabled     = var.restore_tests
      event = {
        backup_date  = "latest"
        restore_test = true
      }
    }
  }
}

resource "aws_scheduler_schedule" "schedule" {
  for_each = local.schedules

  name                         = "${var.name}-${each.key}"
  description                  = each.value.description
  schedule_expression          = each.value.expression
  schedule_expression_timezone = var.time_zone
  state                        = each.value.enabled ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = local.entry_points[each.value.function]
    role_arn = aws_iam_role.schedule.arn
    # The id stays the same when the scheduler tries again, so that the same backup is not made twice. jsonencode would
    # write the brackets of the scheduler's own variables as \u003c and \u003e.
    input = replace(replace(jsonencode(merge(each.value.event, {
      request_id     = "<aws.scheduler.execution-id>"
      scheduled_time = "<aws.scheduler.scheduled-time>"
    })), "\\u003c", "<"), "\\u003e", ">")

    dead_letter_config {
      arn = aws_sqs_queue.dead_letters.arn
    }

    retry_policy {
      maximum_event_age_in_seconds = 3600
      maximum_retry_attempts       = 5
    }
  }
}
