output "vault" {
  description = "The vault, for dynavault --vault"
  value       = "s3://${var.backup_bucket}/${var.s3_exports_prefix}"
}

output "functions" {
  description = "What to invoke, by name: backup, restore, cleanup, csv-loader"
  value       = local.entry_points
}

output "topic_arn" {
  description = "Reports and alarms"
  value       = aws_sns_topic.reports.arn
}

output "dead_letters_url" {
  description = "Events that no function could handle"
  value       = aws_sqs_queue.dead_letters.url
}

output "backup_vault_arn" {
  description = "The vault of AWS Backup, if there is one"
  value       = one(aws_backup_vault.tables[*].arn)
}
