"""Records in Azure Cosmos DB: the store of many machines.

:class:`~services.storage.cosmos.records.CosmosRecords` is the port; nothing else here is used from
outside. One container holds everything, its partition key is the partition. From the wire up:

* ``account``   opens the account; makes the database and the container where they are missing;
* ``trouble``   what the SDK raises, in our words, and what is tried again;
* ``container`` reads, queries and batches, each with patience and its request units noted;
* ``items``     records as JSON items, and back;
* ``head``      the one item of a partition that counts its revisions;
* ``queries``   every query there is;
* ``batches``   a commit as one transactional batch, planned without any I/O;
* ``commits``   sends the plan until it holds or is stale;
* ``records``   the port.

``docs/storage.md`` explains the whole, and how it is tested.
"""
