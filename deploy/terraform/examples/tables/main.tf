# Tables that Terraform makes, backed up by export every night. Their names reach the functions from here: a new table is
# backed up from the next night on.

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

variable "code_bucket" {
  type = string
}

variable "code_key" {
  type = string
}

resource "aws_dynamodb_table" "shop" {
  for_each = toset(["orders", "customers"])

  name         = "prod-${each.key}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  range_key    = "sk"

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  # An export needs it.
  point_in_time_recovery {
    enabled = true
  }

  tags = {
    BackupEnabled = "true"
  }
}

module "dynavault" {
  source = "../.."

  code_bucket        = var.code_bucket
  code_key           = var.code_key
  backup_bucket      = "acme-prod-backups"
  tables             = [for table in aws_dynamodb_table.shop : table.name]
  notification_email = "operations@example.com"
}

output "vault" {
  value = module.dynavault.vault
}
