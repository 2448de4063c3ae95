// Mail out: the mail domain and the resource that sends from it. From: main.bicep. Next: event-grid.bicep, roles, function apps.

@description('Tags of the resources.')
param tags object

@description('Name of the Communication Services resource, unique in Azure.')
param name string

@description('Where data lies at rest, such as Europe.')
param dataLocation string

@description('Own domain; empty takes one managed by Azure.')
param mailDomain string

@description('Whether the domain is linked; only a verified one can be.')
param linkDomain bool

resource mail 'Microsoft.Communication/emailServices@2025-09-01' = {
  name: '${name}-mail'
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }
}

resource domain 'Microsoft.Communication/emailServices/domains@2025-09-01' = {
  parent: mail
  name: empty(mailDomain) ? 'AzureManagedDomain' : mailDomain
  location: 'global'
  tags: tags
  properties: {
    domainManagement: empty(mailDomain) ? 'AzureManaged' : 'CustomerManaged'
    userEngagementTracking: 'Disabled'
  }
}

// A version newer than the others': it is the first that can switch keys off.
resource communication 'Microsoft.Communication/communicationServices@2026-03-18' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    linkedDomains: linkDomain ? [domain.id] : []
    disableLocalAuth: true
  }
}

@description('Name of the resource that sends.')
output name string = communication.name

@description('Endpoint that clients connect to.')
output endpoint string = 'https://${communication.properties.hostName}'

@description('Domain mails come from; empty until it is linked.')
output senderDomain string = linkDomain ? domain.properties.fromSenderDomain : ''

@description('DNS records to set for an own domain.')
output verificationRecords object = empty(mailDomain) ? {} : domain.properties.verificationRecords
