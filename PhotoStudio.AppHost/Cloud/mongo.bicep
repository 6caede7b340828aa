@description('Where the cluster is.')
param location string = resourceGroup().location

@secure()
@description('The password of the user studio.')
param administratorPassword string

@description('The size of its machine: M30 is the smallest that is not shared.')
param tier string = 'M30'

// Azure Cosmos DB for MongoDB (vCore).
resource cluster 'Microsoft.DocumentDB/mongoClusters@2024-07-01' = {
  name: 'studio-${uniqueString(resourceGroup().id)}'
  location: location
  properties: {
    administrator: {
      userName: 'studio'
      password: administratorPassword
    }
    serverVersion: '7.0'
    compute: {
      tier: tier
    }
    storage: {
      sizeGb: 32
    }
    sharding: {
      shardCount: 1
    }
    highAvailability: {
      targetMode: 'Disabled'
    }
  }
}

// The services run in Azure; nobody else is let in.
resource azure 'Microsoft.DocumentDB/mongoClusters/firewallRules@2024-07-01' = {
  parent: cluster
  name: 'azure'
  properties: {
    startIpAddress: '0.0.0.0'
    endIpAddress: '0.0.0.0'
  }
}

output host string = '${cluster.name}.global.mongocluster.cosmos.azure.com'
