# One role for each function. Only restore writes items of any table; only cleanup deletes backups.

data "aws_iam_policy_document" "lambda_assumes" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "function" {
  for_each = local.functions

  name_prefix        = "${var.name}-${each.key}-"
  description        = each.value.description
  assume_role_policy = data.aws_iam_policy_document.lambda_assumes.json
  tags               = var.tags
}

locals {
  policies = merge(
    {
      backup  = data.aws_iam_policy_document.backup.json
      restore = data.aws_iam_policy_document.restore.json
      cleanup = data.aws_iam_policy_document.cleanup.json
    },
    local.loads_csv ? { csv-loader = data.aws_iam_policy_document.csv_loader.json } : {}
  )
}

resource "aws_iam_role_policy" "function" {
  for_each = local.policies

  name   = each.key
  role   = aws_iam_role.function[each.key].id
  policy = each.value
}

# ---- What each function does

data "aws_iam_policy_document" "common" {
  for_each = local.functions

  statement {
    sid       = "Report"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.reports.arn]
  }

  statement {
    sid       = "DeadLetters"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.dead_letters.arn]
  }

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${local.log_group_arn}-${each.key}:*"]
  }

  dynamic "statement" {
    for_each = each.value.continues ? ["ContinueItself"] : []

    content {
      sid       = statement.value
      actions   = ["lambda:InvokeFunction"]
      resources = ["${local.function_arn}-${each.key}", "${local.function_arn}-${each.key}:*"]
    }
  }

  dynamic "statement" {
    for_each = var.kms_key_arn != "" && each.key != "csv-loader" ? ["UseKey"] : []

    content {
      sid       = statement.value
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.kms_key_arn]
    }
  }

  # As DynamoDB asks KMS in the name of whoever calls it, and for nothing else.
  dynamic "statement" {
    for_each = length(var.table_kms_key_arns) > 0 && contains(["backup", "restore"], each.key) ? ["UseTableKeys"] : []

    content {
      sid       = statement.value
      actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
      resources = var.table_kms_key_arns

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["dynamodb.${local.region}.amazonaws.com"]
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.table_kms_key_arns) > 0 && contains(["backup", "restore"], each.key) ? ["GrantTableKeys"] : []

    content {
      sid       = statement.value
      actions   = ["kms:CreateGrant"]
      resources = var.table_kms_key_arns

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["dynamodb.${local.region}.amazonaws.com"]
      }

      condition {
        test     = "Bool"
        variable = "kms:GrantIsForAWSResource"
        values   = ["true"]
      }
    }
  }
}

data "aws_iam_policy_document" "backup" {
  source_policy_documents = [data.aws_iam_policy_document.common["backup"].json]

  statement {
    sid = "TablesAndTheirSettings"
    actions = [
      "dynamodb:DescribeContinuousBackups",
      "dynamodb:DescribeTable",
      "dynamodb:DescribeTimeToLive",
      "dynamodb:GetResourcePolicy",
      "dynamodb:ListTagsOfResource",
    ]
    resources = local.table_arns
  }

  statement {
    sid = "WhatHasNoResource"
    actions = [
      "application-autoscaling:DescribeScalableTargets",
      "application-autoscaling:DescribeScalingPolicies",
      "dynamodb:ListTables",
      "tag:GetResources",
    ]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = {
      export = {
        Export       = { actions = ["dynamodb:ExportTableToPointInTime"], resources = local.table_arns }
        WatchExports = { actions = ["dynamodb:DescribeExport"], resources = local.export_arns }
        FindExports  = { actions = ["dynamodb:ListExports"], resources = ["*"] }
      }
      on-demand = {
        CreateBackups = { actions = ["dynamodb:CreateBackup"], resources = local.table_arns }
        WatchBackups  = { actions = ["dynamodb:DescribeBackup"], resources = local.backup_arns }
        FindBackups   = { actions = ["dynamodb:ListBackups"], resources = ["*"] }
      }
      scan = {
        Scan = { actions = ["dynamodb:Scan"], resources = local.table_arns }
      }
    }[var.backup_method]

    content {
      sid       = statement.key
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }

  statement {
    sid       = "ListVault"
    actions   = ["s3:ListBucket", "s3:ListBucketMultipartUploads"]
    resources = [local.bucket_arn]
  }

  statement {
    sid       = "ReadVault"
    actions   = ["s3:GetObject"]
    resources = ["${local.vault_arn}/*"]
  }

  # Neither the vault's lock nor its holds: whoever backs up cannot weaken them.
  statement {
    sid     = "AddToVault"
    actions = ["s3:AbortMultipartUpload", "s3:PutObject", "s3:PutObjectAcl"]
    resources = [
      "${local.vault_arn}/????-??-??/*",
      "${local.vault_arn}/locks/*",
      "${local.vault_arn}/recovery-points/*",
      "${local.vault_arn}/runs/*",
      "${local.vault_arn}/vault.json",
    ]
  }

  statement {
    sid       = "RemoveOwnJournal"
    actions   = ["s3:DeleteObject"]
    resources = ["${local.vault_arn}/runs/*"]
  }
}

data "aws_iam_policy_document" "restore" {
  source_policy_documents = [data.aws_iam_policy_document.common["restore"].json]

  statement {
    sid = "TablesAndItems"
    actions = [
      "dynamodb:BatchWriteItem",
      "dynamodb:CreateTable",
      "dynamodb:DeleteItem",
      "dynamodb:DescribeContinuousBackups",
      "dynamodb:DescribeTable",
      "dynamodb:DescribeTimeToLive",
      "dynamodb:GetItem",
      "dynamodb:GetResourcePolicy",
      "dynamodb:ListTagsOfResource",
      "dynamodb:PutItem",
      "dynamodb:PutResourcePolicy",
      "dynamodb:Scan",
      "dynamodb:TagResource",
      "dynamodb:UpdateContinuousBackups",
      "dynamodb:UpdateTable",
      "dynamodb:UpdateTimeToLive",
    ]
    resources = concat(local.table_arns, [local.test_tables])
  }

  statement {
    sid       = "RemoveTestTables"
    actions   = ["dynamodb:DeleteTable"]
    resources = [local.test_tables]
  }

  statement {
    sid = "AutoScaling"
    actions = [
      "application-autoscaling:DescribeScalableTargets",
      "application-autoscaling:DescribeScalingPolicies",
      "application-autoscaling:PutScalingPolicy",
      "application-autoscaling:RegisterScalableTarget",
    ]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = var.backup_method == "on-demand" ? {
      RestoreBackups = {
        actions   = ["dynamodb:DescribeBackup", "dynamodb:RestoreTableFromBackup"]
        resources = local.backup_arns
      }
      # DynamoDB asks for these on the table that it fills from a backup.
      FillRestoredTables = {
        actions = [
          "dynamodb:BatchWriteItem",
          "dynamodb:DeleteItem",
          "dynamodb:GetItem",
          "dynamodb:PutItem",
          "dynamodb:Query",
          "dynamodb:RestoreTableFromBackup",
          "dynamodb:Scan",
          "dynamodb:UpdateItem",
        ]
        resources = concat(local.table_arns, [local.test_tables])
      }
    } : {}

    content {
      sid       = statement.key
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }

  statement {
    sid       = "ListVault"
    actions   = ["s3:ListBucket"]
    resources = [local.bucket_arn]
  }

  statement {
    sid       = "ReadVault"
    actions   = ["s3:GetObject"]
    resources = ["${local.vault_arn}/*"]
  }

  statement {
    sid       = "MarkAndJournal"
    actions   = ["s3:DeleteObject", "s3:PutObject"]
    resources = ["${local.vault_arn}/locks/*", "${local.vault_arn}/restores/*"]
  }
}

data "aws_iam_policy_document" "cleanup" {
  source_policy_documents = [data.aws_iam_policy_document.common["cleanup"].json]

  statement {
    sid       = "FindBackups"
    actions   = ["dynamodb:ListBackups"]
    resources = ["*"]
  }

  statement {
    sid       = "DeleteBackups"
    actions   = ["dynamodb:DeleteBackup", "dynamodb:DescribeBackup"]
    resources = local.backup_arns
  }

  statement {
    sid       = "ListVault"
    actions   = ["s3:ListBucket", "s3:ListBucketMultipartUploads"]
    resources = [local.bucket_arn]
  }

  statement {
    sid       = "DeleteFromVault"
    actions   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject"]
    resources = ["${local.vault_arn}/*"]
  }

  statement {
    sid     = "MarkAndJournal"
    actions = ["s3:PutObject"]
    resources = [
      "${local.vault_arn}/continuous/*/expired/*",
      "${local.vault_arn}/deletions/*",
      "${local.vault_arn}/locks/*",
      "${local.vault_arn}/runs/*",
    ]
  }
}

data "aws_iam_policy_document" "csv_loader" {
  source_policy_documents = local.loads_csv ? [data.aws_iam_policy_document.common["csv-loader"].json] : []

  statement {
    sid       = "LoadTable"
    actions   = ["dynamodb:BatchWriteItem", "dynamodb:DescribeTable"]
    resources = ["${local.table_arn}/${var.csv_table}"]
  }

  statement {
    sid       = "ReadFiles"
    actions   = ["s3:GetObject"]
    resources = ["arn:${local.partition}:s3:::${var.csv_bucket}/*"]
  }
}

# ---- What the schedules do

data "aws_iam_policy_document" "scheduler_assumes" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_iam_role" "schedule" {
  name_prefix        = "${var.name}-schedule-"
  description        = "Invokes the functions on time"
  assume_role_policy = data.aws_iam_policy_document.scheduler_assumes.json
  tags               = var.tags
}

data "aws_iam_policy_document" "schedule" {
  statement {
    sid     = "Invoke"
    actions = ["lambda:InvokeFunction"]
    resources = flatten([
      for name in ["backup", "cleanup", "restore"] :
      ["${local.function_arn}-${name}", "${local.function_arn}-${name}:live"]
    ])
  }

  statement {
    sid       = "DeadLetters"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.dead_letters.arn]
  }
}

resource "aws_iam_role_policy" "schedule" {
  name   = "schedule"
  role   = aws_iam_role.schedule.id
  policy = data.aws_iam_policy_document.schedule.json
}
