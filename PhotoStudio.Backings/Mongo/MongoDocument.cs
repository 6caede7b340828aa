using MongoDB.Bson.Serialization.Attributes;
using PhotoStudio.Core.Documents;

namespace PhotoStudio.Backings.Mongo;

/// <summary>A document as MongoDB has it. The content stays text, so that it is handed out as it came, down to the digits of its numbers.</summary>
internal sealed class MongoDocument
{
    /// <summary>The collection and the id within it.</summary>
    [BsonId]
    public required MongoDocumentKey Key { get; init; }

    /// <summary>Whose it is, in the written form.</summary>
    [BsonElement("owner")]
    public required string Owner { get; set; }

    /// <summary>The version of the truth it shows.</summary>
    [BsonElement("version")]
    public required long Version { get; init; }

    /// <summary>Its content.</summary>
    [BsonElement("json")]
    public required string Json { get; init; }

    /// <summary>The document it belongs to.</summary>
    [BsonElement("parent")]
    public string? Parent { get; init; }

    /// <summary>Its place in lists.</summary>
    [BsonElement("sort")]
    public long SortKey { get; init; }

    /// <summary>When it may be forgotten, UTC; the server removes it some time after.</summary>
    [BsonElement("expires")]
    public DateTime? ExpiresAt { get; init; }

    /// <summary>When it was written, UTC.</summary>
    [BsonElement("written")]
    public DateTime WrittenAt { get; init; }

    /// <summary>A document in this form.</summary>
    public static MongoDocument Of(StudioDocument document, DateTimeOffset now) => new()
    {
        Key = new MongoDocumentKey { Collection = document.Collection, Id = document.Id },
        Owner = document.Owner.Text,
        Version = document.Version,
        Json = document.Json,
        Parent = document.Parent,
        SortKey = document.SortKey,
        ExpiresAt = document.ExpiresAt?.UtcDateTime,
        WrittenAt = now.UtcDateTime,
    };

    /// <summary>The document.</summary>
    public StudioDocument ToDocument() => new(
        Key.Collection,
        Key.Id,
        Core.Accounts.Owner.TryParse(Owner, out var owner) ? owner : throw new InvalidDataException("A document's owner cannot be read."),
        Version,
        Json)
    {
        Parent = Parent,
        SortKey = SortKey,
        ExpiresAt = ExpiresAt is { } time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null,
    };
}

/// <summary>What identifies a document.</summary>
internal sealed record MongoDocumentKey
{
    /// <summary>What kind of document it is.</summary>
    [BsonElement("collection")]
    public required string Collection { get; init; }

    /// <summary>Identifies it within the collection.</summary>
    [BsonElement("id")]
    public required string Id { get; init; }
}
