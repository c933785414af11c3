# Reads one table and its stream and adds to the vault. Deletes no backup, writes no item.

data "aws_iam_policy_document" "lambda_assumes" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "capture" {
  name_prefix        = "${var.name}-capture-"
  description        = "Reads one table and its stream and adds to the vault"
  assume_role_policy = data.aws_iam_policy_document.lambda_assumes.json
  tags               = var.tags
}

data "aws_iam_policy_document" "capture" {
  statement {
    sid = "TableAndItsSettings"
    actions = [
      "dynamodb:DescribeContinuousBackups",
      "dynamodb:DescribeTable",
      "dynamodb:DescribeTimeToLive",
      "dynamodb:GetResourcePolicy",
      "dynamodb:ListTagsOfResource",
      "dynamodb:Scan",
    ]
    resources = [local.table_arn]
  }

  statement {
    sid       = "Stream"
    actions   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
    resources = ["${local.table_arn}/stream/*"]
  }

  statement {
    sid = "WhatHasNoResource"
    actions = [
      "application-autoscaling:DescribeScalableTargets",
      "application-autoscaling:DescribeScalingPolicies",
      "dynamodb:ListStreams",
    ]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = var.may_enable_stream ? ["EnableStream"] : []

    content {
      sid       = statement.value
      actions   = ["dynamodb:UpdateTable"]
      resources = [local.table_arn]
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

  # Of this table, and neither the vault's lock nor its holds.
  statement {
    sid     = "AddToVault"
    actions = ["s3:AbortMultipartUpload", "s3:PutObject"]
    resources = [
      "${local.vault_arn}/????-??-??/${var.table_name}/*",
      "${local.vault_arn}/chains/${var.table_name}/*",
      "${local.vault_arn}/continuous/${var.table_name}/*",
      "${local.vault_arn}/locks/*",
      "${local.vault_arn}/recovery-points/${var.table_name}/*",
      "${local.vault_arn}/runs/${var.table_name}/*",
      "${local.vault_arn}/vault.json",
    ]
  }

  statement {
    sid       = "RemoveOwnJournal"
    actions   = ["s3:DeleteObject"]
    resources = ["${local.vault_arn}/runs/${var.table_name}/*"]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn != "" ? ["UseKey"] : []

    content {
      sid       = statement.value
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.kms_key_arn]
    }
  }

  # As DynamoDB asks KMS in the name of whoever calls it, and for nothing else.
  dynamic "statement" {
    for_each = var.table_kms_key_arn != "" ? ["UseTableKey"] : []

    content {
      sid       = statement.value
      actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
      resources = [var.table_kms_key_arn]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["dynamodb.${local.region}.amazonaws.com"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.table_kms_key_arn != "" ? ["GrantTableKey"] : []

    content {
      sid       = statement.value
      actions   = ["kms:CreateGrant"]
      resources = [var.table_kms_key_arn]

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

  dynamic "statement" {
    for_each = var.topic_arn != "" ? ["Report"] : []

    content {
      sid       = statement.value
      actions   = ["sns:Publish"]
      resources = [var.topic_arn]
    }
  }

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["arn:${local.partition}:logs:${local.region}:${local.account}:log-group:/aws/lambda/${local.function}:*"]
  }
}

resource "aws_iam_role_policy" "capture" {
  name   = "capture"
  role   = aws_iam_role.capture.id
  policy = data.aws_iam_policy_document.capture.json
}

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
  description        = "Invokes the function on time"
  assume_role_policy = data.aws_iam_policy_document.scheduler_assumes.json
  tags               = var.tags
}

data "aws_iam_policy_document" "schedule" {
  statement {
    sid       = "Invoke"
    actions   = ["lambda:InvokeFunction"]
    resources = [aws_lambda_function.capture.arn]
  }
}

resource "aws_iam_role_policy" "schedule" {
  name   = "schedule"
  role   = aws_iam_role.schedule.id
  policy = data.aws_iam_policy_document.schedule.json
}
