# AWS Backup beside the functions, with weekly backups in cold storage and a copy of everything in a second region.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.70"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "copies"
  region = "eu-central-1"
}

variable "code_bucket" {
  type = string
}

variable "code_key" {
  type = string
}

module "copies" {
  source = "../../modules/copy-vault"

  providers = {
    aws = aws.copies
  }

  name          = "dynavault-copies"
  lock_min_days = 7
}

module "dynavault" {
  source = "../.."

  code_bucket     = var.code_bucket
  code_key        = var.code_key
  backup_bucket   = "acme-prod-backups"
  table_tag_key   = "BackupEnabled"
  table_tag_value = "true"

  aws_backup        = true
  advanced_features = true
  copy_vault_arns   = [module.copies.arn]

  weekly_rule = {
    cold_storage_after = 30
    delete_after       = 365
  }
}
