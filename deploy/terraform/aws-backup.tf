# AWS Backup beside the functions: a vault of its own, a daily and a weekly rule, and every table with the tag. Where the
# start windows of both rules meet, on Sundays, AWS makes the backup with the longer retention only.

resource "aws_backup_vault" "tables" {
  count = var.aws_backup ? 1 : 0

  name        = "${var.name}-tables"
  kms_key_arn = var.kms_key_arn == "" ? null : var.kms_key_arn
  tags        = var.tags
}

resource "aws_backup_vault_lock_configuration" "tables" {
  count = var.aws_backup && var.vault_lock_min_days > 0 ? 1 : 0

  backup_vault_name  = aws_backup_vault.tables[0].name
  min_retention_days = var.vault_lock_min_days
}

# Another account may copy into a vault only where the vault's policy names it. Both must be of one organization.
data "aws_iam_policy_document" "vault" {
  count = length(var.copy_from_accounts) > 0 ? 1 : 0

  statement {
    sid       = "CopyFromOtherAccounts"
    actions   = ["backup:CopyIntoBackupVault"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [for account in var.copy_from_accounts : "arn:${local.partition}:iam::${account}:root"]
    }
  }
}

resource "aws_backup_vault_policy" "tables" {
  count = var.aws_backup && length(var.copy_from_accounts) > 0 ? 1 : 0

  backup_vault_name = aws_backup_vault.tables[0].name
  policy            = data.aws_iam_policy_document.vault[0].json
}

resource "aws_backup_region_settings" "dynamodb" {
  count = var.aws_backup && var.advanced_features ? 1 : 0

  resource_type_opt_in_preference     = { DynamoDB = true }
  resource_type_management_preference = { DynamoDB = true }

  lifecycle {
    # Of the other services of this account nothing is known here.
    ignore_changes = [resource_type_opt_in_preference, resource_type_management_preference]
  }
}

resource "aws_backup_plan" "tables" {
  count = var.aws_backup ? 1 : 0

  name = "${var.name}-tables"
  tags = var.tags

  lifecycle {
    # AWS takes such a plan without a word, and every one of its jobs fails.
    precondition {
      condition     = alltrue([for rule in [var.daily_rule, var.weekly_rule] : try(rule.delete_after >= var.vault_lock_min_days, true)])
      error_message = "The vault's lock keeps backups longer than a rule: delete_after is vault_lock_min_days or more."
    }
  }

  dynamic "rule" {
    for_each = { daily = var.daily_rule, weekly = var.weekly_rule }

    content {
      rule_name         = rule.key
      target_vault_name = aws_backup_vault.tables[0].name
      schedule          = rule.value.schedule
      start_window      = 60
      completion_window = 720

      lifecycle {
        cold_storage_after = rule.value.cold_storage_after
        delete_after       = rule.value.delete_after
      }

      dynamic "copy_action" {
        for_each = var.copy_vault_arns

        content {
          destination_vault_arn = copy_action.value

          lifecycle {
            cold_storage_after = rule.value.cold_storage_after
            delete_after       = rule.value.delete_after
          }
        }
      }
    }
  }
}

data "aws_iam_policy_document" "backup_service_assumes" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["backup.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_iam_role" "backup_service" {
  count = var.aws_backup ? 1 : 0

  name_prefix        = "${var.name}-aws-backup-"
  description        = "AWS Backup makes backups with it, and restores them"
  assume_role_policy = data.aws_iam_policy_document.backup_service_assumes.json
  tags               = var.tags
}

resource "aws_iam_role_policy_attachment" "backup_service" {
  for_each = var.aws_backup ? toset(["Backup", "Restores"]) : toset([])

  role       = aws_iam_role.backup_service[0].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor${each.value}"
}

resource "aws_backup_selection" "tagged" {
  count = var.aws_backup ? 1 : 0

  name         = "${var.name}-tagged-tables"
  plan_id      = aws_backup_plan.tables[0].id
  iam_role_arn = aws_iam_role.backup_service[0].arn
  resources    = ["arn:${local.partition}:dynamodb:*:*:table/*"]

  # A condition, not a selection_tag: those would be added to the resources, so that every table were chosen.
  condition {
    string_equals {
      key   = "aws:ResourceTag/${var.backup_tag_key}"
      value = var.backup_tag_value
    }
  }
}
