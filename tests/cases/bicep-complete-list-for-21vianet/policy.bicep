resource rcg 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2023-11-01' = {
  parent: policy
  name: 'identity'
  properties: {
    priority: 300
    ruleCollections: [
      {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: 'entra-connect-21v'
        priority: 310
        action: { type: 'Allow' }
        rules: [
          {
            ruleType: 'ApplicationRule'
            name: 'sync'
            sourceAddresses: [ '10.8.1.20' ]
            protocols: [
              { protocolType: 'Https', port: 443 }
              { protocolType: 'Http', port: 80 }
            ]
            targetFqdns: [
              '*.partner.microsoftonline.cn'
              '*.chinacloudapi.cn'
              'secure.aadcdn.partner.microsoftonline-p.cn'
              '*.msauth.cn'
              '*.msftauth.cn'
              '*.msauthimages.cn'
              '*.msftauthimages.cn'
              '*.auth.microsoft.cn'
              'login.microsoftonline.com'
              '*.digicert.cn'
              '*.digicert.com'
              '*.verisign.com'
              '*.entrust.net'
              'mscrl.microsoft.com'
              'crl.microsoft.com'
              '*.crl.microsoft.com'
              'oneocsp.microsoft.com'
              '*.oneocsp.microsoft.com'
              'ocsp.msocsp.com'
              '*.ocsp.msocsp.com'
              'www.d-trust.net'
              '*.www.d-trust.net'
              'root-c3-ca2-2009.ocsp.d-trust.net'
              '*.root-c3-ca2-2009.ocsp.d-trust.net'
              'www.microsoft.com'
              'ctldl.windowsupdate.com'
            ]
          }
        ]
      }
    ]
  }
}
