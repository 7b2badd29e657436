resource "azurerm_firewall_policy_rule_collection_group" "identity" {
  name               = "rcg-identity"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 300

  application_rule_collection {
    name     = "entra-connect"
    priority = 310
    action   = "Allow"

    rule {
      name              = "sync-server"
      source_addresses  = ["10.60.4.10"]
      destination_fqdns = [
        "login.microsoftonline.us",
        "*.microsoftonline.us",
        "*.gov.us.microsoftonline.com",
        "*.microsoftonline.com",
        "login.windows.net",
        "*.windows.net",
        "secure.aadcdn.microsoftonline-p.com",
        "*.msauth.net",
        "*.msftauth.net",
        "*.auth.microsoft.us",
        "mscrl.microsoft.com",
        "crl.microsoft.com",
        "*.digicert.com",
        "ocsp.msocsp.com",
        "oneocsp.microsoft.com",
        "www.microsoft.com",
      ]
      protocols {
        port = "443"
        type = "Https"
      }
      protocols {
        port = "80"
        type = "Http"
      }
    }
  }
}
