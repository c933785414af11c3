# A vault for copies of recovery points, in another region or another account.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.70"
    }
  }
}

variable "name" {
  description = "Name of the vault"
  type        = string
}

variable "kms_key_arn" {
  description = "A customer managed key of this region. A vault that gets copies from other accounts needs one; empty for aws/backup"
  type        = string
  default     = ""
}

variable "copy_from_accounts" {
  description = "Accounts, of the same organization, that may copy into the vault; none for copies of this account only"
  type        = list(string)
  default     = []
}

variable "lock_min_days" {
  description = "Lock the vault: no copy is deleted before this many days; 0 for no lock"
  type        = number
  default     = 0
}

variable "tags" {
  type    = map(string)
  default = {}
}

data "aws_partition" "current" {}

resource "aws_backup_vault" "copies" {
  name        = var.name
  kms_key_arn = var.kms_key_arn == "" ? null : var.kms_key_arn
  tags        = var.tags
}

data "aws_iam_policy_document" "vault" {
  count = length(var.copy_from_accounts) > 0 ? 1 : 0

  statement {
    sid       = "CopyFromOtherAccounts"
    actions   = ["backup:CopyIntoBackupVault"]
    resources = ["*"]

    principals {
      type = "AWS"
      identifiers = [
        for account in var.copy_from_accounts : "arn:${data.aws_partition.current.partition}:iam::${account}:root"
      ]
    }
  }
}

resource "aws_backup_vault_policy" "copies" {
  count = length(var.copy_from_accounts) > 0 ? 1 : 0

  backup_vault_name = aws_backup_vault.copies.name
  policy            = data.aws_iam_policy_document.vault[0].json
}

resource "aws_backup_vault_lock_configuration" "copies" {
  count = var.lock_min_days > 0 ? 1 : 0

  backup_vault_name  = aws_backup_vault.copies.name
  min_retention_days = var.lock_min_days
}

output "arn" {
  description = "For copy_vault_arns of the module that makes the backups"
  value       = aws_backup_vault.copies.arn
}
