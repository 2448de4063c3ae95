// Secrets of the payment providers, one set per company. From: main.bicep. Next: roles.bicep names who may read them.

@description('Region of the vault.')
param location string

@description('Tags of the vault.')
param tags object

@description('Name of the vault: 3 to 24 letters, digits and hyphens, unique in Azure.')
@minLength(3)
@maxLength(24)
param name string

@description('Whether a deleted vault is kept for 90 days, whatever anybody wants.')
param protectData bool

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: union(
    {
      tenantId: tenant().tenantId
      sku: { family: 'A', name: 'standard' }
      enableRbacAuthorization: true
      enableSoftDelete: true
      softDeleteRetentionInDays: protectData ? 90 : 7
    },
    protectData ? { enablePurgeProtection: true } : {}
  )
}

@description('Name of the vault.')
output name string = vault.name
