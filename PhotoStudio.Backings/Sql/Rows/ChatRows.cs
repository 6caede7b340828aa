using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>A conversation as it is stored.</summary>
public sealed class ChatSessionRow
{
    /// <summary>The conversation.</summary>
    public Guid Id { get; set; }

    /// <summary>The owner's written form.</summary>
    public required string Owner { get; set; }

    /// <summary>The name that the client chose.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// Whose conversation of which name it was opened as: so two requests open one, and a guest's conversation is adopted beside an
    /// account's of the same name.
    /// </summary>
    public string? OpenedAs { get; set; }

    /// <summary>What it is called.</summary>
    public required string Title { get; set; }

    /// <summary>The number of its latest message; also guards the row.</summary>
    public int LastNumber { get; set; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was used last.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The value of <see cref="OpenedAs"/> for an owner's name of a conversation: 64 lower-case hexadecimal digits.</summary>
    public static string NameOf(Owner owner, string key) =>
        System.Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner.Text}\n{key}")));

    /// <summary>The conversation.</summary>
    public ChatSession ToSession() =>
        new(Id, Core.Accounts.Owner.Parse(Owner), Title, CreatedAt, UpdatedAt) { Key = Key, Messages = LastNumber };
}

/// <summary>A message as it is stored.</summary>
public sealed class ChatMessageRow
{
    /// <summary>The message.</summary>
    public Guid Id { get; set; }

    /// <summary>Its conversation.</summary>
    public Guid SessionId { get; set; }

    /// <summary>The owner's written form.</summary>
    public required string Owner { get; set; }

    /// <summary>Its place in the conversation, from 1.</summary>
    public int Number { get; set; }

    /// <summary>What the person wrote.</summary>
    public required string Content { get; set; }

    /// <summary>Where it stands; stored by its wire name.</summary>
    public JobState State { get; set; }

    /// <summary>JSON of what it came with and what became of it.</summary>
    public required string Work { get; set; }

    /// <summary>Counts the changes; also guards the row.</summary>
    public long Version { get; set; }

    /// <summary>How often a worker has taken it: the fencing token.</summary>
    public int Token { get; set; }

    /// <summary>How often seeing it through went wrong.</summary>
    public int Failures { get; set; }

    /// <summary>The worker that holds it.</summary>
    public string? Worker { get; set; }

    /// <summary>When the holder's lease ends.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>When it was received.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The message.</summary>
    public ChatMessage ToMessage() => new(Id, SessionId, Core.Accounts.Owner.Parse(Owner), Number, Content, CreatedAt)
    {
        State = State,
        FinishedAt = FinishedAt,
        Work = JsonSerializer.Deserialize(Work, ChatJson.Default.ChatWork)!,
        Version = Version,
    };

    /// <summary>The JSON of a message's work.</summary>
    public static string Json(ChatWork work) => JsonSerializer.Serialize(work, ChatJson.Default.ChatWork);
}

/// <summary>The tables of conversations.</summary>
internal static class ChatTables
{
    /// <summary>Adds them to a model.</summary>
    public static void AddTo(ModelBuilder model)
    {
        model.ApplyConfiguration(new ChatSessionTable());
        model.ApplyConfiguration(new ChatMessageTable());
    }
}

/// <summary>The table of conversations.</summary>
public sealed class ChatSessionTable : IEntityTypeConfiguration<ChatSessionRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<ChatSessionRow> builder)
    {
        builder.ToTable("chat_sessions");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Owner).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.Key).HasMaxLength(ChatSession.MaxKeyLength);
        builder.Property(row => row.Title).HasMaxLength(ChatSession.MaxTitleLength);
        builder.Property(row => row.LastNumber).IsConcurrencyToken();
        builder.Property(row => row.OpenedAs).HasMaxLength(64);
        builder.HasIndex(row => row.OpenedAs).IsUnique().HasFilter("opened_as IS NOT NULL").HasDatabaseName("ux_chat_sessions_opened_as");
        builder.HasIndex(row => new { row.Owner, row.Key }).HasFilter("key IS NOT NULL").HasDatabaseName("ix_chat_sessions_key");
        builder.HasIndex(row => new { row.Owner, row.UpdatedAt, row.Id }).HasDatabaseName("ix_chat_sessions_owner");
    }
}

/// <summary>The table of messages.</summary>
public sealed class ChatMessageTable : IEntityTypeConfiguration<ChatMessageRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<ChatMessageRow> builder)
    {
        builder.ToTable("chat_messages");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Owner).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.Worker).HasMaxLength(128);
        builder.Property(row => row.State).HasMaxLength(16).HasConversion(state => state.WireName(), text => WireNames.State(text));
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasOne<ChatSessionRow>().WithMany().HasForeignKey(row => row.SessionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => new { row.SessionId, row.Number }).IsUnique().HasDatabaseName("ux_chat_messages_number");
        builder.HasIndex(row => new { row.State, row.CreatedAt }).HasFilter("state IN ('pending', 'processing')").HasDatabaseName("ix_chat_messages_open");
        builder.HasIndex(row => row.Owner).HasDatabaseName("ix_chat_messages_owner");
    }
}
