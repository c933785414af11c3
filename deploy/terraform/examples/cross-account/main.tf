# Copies in an account of their own, which the first account's roles cannot delete from. Both accounts are of one
# organization, with cross-account backup switched on in the management account.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.70"
    }
  }
}

variable "code_bucket" {
  type = string
}

variable "code_key" {
  type = string
}

variable "copies_role_arn" {
  description = "Role of the copies' account that Terraform may assume"
  type        = string
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "copies"
  region = "eu-west-1"

  assume_role {
    role_arn = var.copies_role_arn
  }
}

data "aws_caller_identity" "source" {}

data "aws_caller_identity" "copies" {
  provider = aws.copies
}

# Recovery points can leave their account only if the source's key is a customer managed one that the other account may
# read with.
data "aws_iam_policy_document" "key" {
  statement {
    sid       = "Own"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.source.account_id}:root"]
    }
  }

  statement {
    sid       = "CopiesReadWithIt"
    actions   = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.copies.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "backups" {
  description         = "Backups of DynamoDB tables"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.key.json
}

resource "aws_kms_key" "copies" {
  provider = aws.copies

  description         = "Copies of backups of DynamoDB tables"
  enable_key_rotation = true
}

module "copies" {
  source = "../../modules/copy-vault"

  providers = {
    aws = aws.copies
  }

  name               = "dynavault-copies"
  kms_key_arn        = aws_kms_key.copies.arn
  copy_from_accounts = [data.aws_caller_identity.source.account_id]
  lock_min_days      = 30
}

module "dynavault" {
  source = "../.."

  code_bucket   = var.code_bucket
  code_key      = var.code_key
  backup_bucket = "acme-prod-backups"
  kms_key_arn   = aws_kms_key.backups.arn
  tables        = ["prod-orders", "prod-customers"]

  aws_backup        = true
  advanced_features = true
  copy_vault_arns   = [module.copies.arn]
  daily_rule        = { delete_after = 35 }
}
