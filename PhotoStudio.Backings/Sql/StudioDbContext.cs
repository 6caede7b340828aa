using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using PhotoStudio.Backings.Sql.Rows;

namespace PhotoStudio.Backings.Sql;

/// <summary>
/// The studio's relational model, the same on every database. Tables and columns are in snake_case, so that the few
/// queries written in SQL read the same everywhere. What a database does its own way stands in its derived class.
/// </summary>
public abstract class StudioDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Jobs.</summary>
    public DbSet<JobRow> Jobs => Set<JobRow>();

    /// <summary>Flows.</summary>
    public DbSet<FlowRow> Flows => Set<FlowRow>();

    /// <summary>Batches.</summary>
    public DbSet<BatchRow> Batches => Set<BatchRow>();

    /// <summary>Pictures.</summary>
    public DbSet<ImageRow> Images => Set<ImageRow>();

    /// <summary>Pictures by tag.</summary>
    public DbSet<ImageTagRow> ImageTags => Set<ImageTagRow>();

    /// <summary>Pictures by word.</summary>
    public DbSet<ImageTermRow> ImageTerms => Set<ImageTermRow>();

    /// <summary>Idempotency keys of pictures.</summary>
    public DbSet<ImageKeyRow> ImageKeys => Set<ImageKeyRow>();

    /// <summary>Blobs to delete.</summary>
    public DbSet<DoomedBlobRow> DoomedBlobs => Set<DoomedBlobRow>();

    /// <summary>Uploads in several requests.</summary>
    public DbSet<UploadSessionRow> UploadSessions => Set<UploadSessionRow>();

    /// <summary>Idempotency keys.</summary>
    public DbSet<IdempotencyRow> IdempotencyKeys => Set<IdempotencyRow>();

    /// <summary>JSON documents.</summary>
    public DbSet<DocumentRow> Documents => Set<DocumentRow>();

    /// <summary>Conversations.</summary>
    public DbSet<ChatSessionRow> ChatSessions => Set<ChatSessionRow>();

    /// <summary>Messages of conversations.</summary>
    public DbSet<ChatMessageRow> ChatMessages => Set<ChatMessageRow>();

    /// <summary>A point in time as its columns hold it, for queries written in SQL.</summary>
    internal object Stored(DateTimeOffset time)
    {
        var property = Model.FindEntityType(typeof(JobRow))!.FindProperty(nameof(JobRow.CreatedAt))!;
        return property.GetTypeMapping().Converter?.ConvertToProvider(time) ?? time;
    }

    /// <summary>
    /// A query in SQL that takes a table's rows for this transaction and passes over those that another has taken. Where a database has
    /// one writer at a time it is the query itself.
    /// </summary>
    /// <param name="query">Answers rows of the table, and is not finished by a semicolon.</param>
    /// <param name="table">The table's name or alias in the query.</param>
    internal virtual string Taking(string query, string table) => query;

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new JobTable());
        modelBuilder.ApplyConfiguration(new FlowTable());
        modelBuilder.ApplyConfiguration(new BatchTable());
        modelBuilder.ApplyConfiguration(new ImageTable());
        modelBuilder.ApplyConfiguration(new ImageTagTable());
        modelBuilder.ApplyConfiguration(new ImageTermTable());
        modelBuilder.ApplyConfiguration(new ImageKeyTable());
        modelBuilder.ApplyConfiguration(new DoomedBlobTable());
        modelBuilder.ApplyConfiguration(new UploadSessionTable());
        modelBuilder.ApplyConfiguration(new IdempotencyTable());
        modelBuilder.ApplyConfiguration(new DocumentTable());
        modelBuilder.ApplyConfiguration(new QuotaChargeTable());
        modelBuilder.ApplyConfiguration(new AuditTable());
        modelBuilder.ApplyConfiguration(new WebhookTable());
        modelBuilder.ApplyConfiguration(new WebhookDeliveryTable());
        modelBuilder.ApplyConfiguration(new ScheduledTaskTable());
        modelBuilder.ApplyConfiguration(new UsageDayTable());
        AccountTables.AddTo(modelBuilder);
        ChatTables.AddTo(modelBuilder);
        StyleTable.AddTo(modelBuilder);
        modelBuilder.ApplyConfiguration(new TemplateTable());
        foreach (var table in modelBuilder.Model.GetEntityTypes()) NameInSnakeCase(table);
    }

    private static void NameInSnakeCase(IMutableEntityType table)
    {
        foreach (var property in table.GetProperties()) property.SetColumnName(SnakeCase(property.Name));
        foreach (var key in table.GetKeys()) key.SetName($"pk_{table.GetTableName()}");
        foreach (var key in table.GetForeignKeys())
            key.SetConstraintName($"fk_{table.GetTableName()}_{key.PrincipalEntityType.GetTableName()}");
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $"_{c}" : $"{c}")).ToLowerInvariant();
}
