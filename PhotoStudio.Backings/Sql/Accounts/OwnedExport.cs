using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Sql.Accounts;

/// <summary>Writes the rows of one owner as JSON, one at a time, so that any number of them takes no more memory than one.</summary>
internal sealed class OwnedExport(StudioDbContext db, Owner owner, Utf8JsonWriter json, Func<string, string> urlOf)
{
    private const int RowsBetweenFlushes = 100;

    private static readonly MethodInfo RowsOf = typeof(OwnedExport).GetMethod(nameof(Rows), BindingFlags.Instance | BindingFlags.NonPublic)!;

    // What says nothing about the owner's things: how the studio works on them.
    private static readonly HashSet<string> Inner = new(StringComparer.Ordinal)
    {
        nameof(JobRow.Owner), nameof(JobRow.Version), nameof(JobRow.RungAt), nameof(JobRow.UntidySince), nameof(JobRow.LeaseUntil),
        nameof(JobRow.Worker), nameof(JobRow.TraceParent), nameof(JobRow.StoredFor), nameof(IdempotencyRow.Fingerprint), nameof(ImageRow.BlobKey),
    };

    /// <summary>Writes a table as a property with an array.</summary>
    public async Task WriteAsync(OwnedTable table, CancellationToken cancellationToken)
    {
        json.WriteStartArray(table.Name);
        var written = 0;
        var rows = (IAsyncEnumerable<object>)RowsOf.MakeGenericMethod(table.Type.ClrType).Invoke(this, [])!;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            Write(table.Type, row);
            if (++written % RowsBetweenFlushes == 0) await json.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
        await json.FlushAsync(cancellationToken);
    }

    private IAsyncEnumerable<object> Rows<TRow>()
        where TRow : class
    {
        var name = owner.Text;
        return db.Set<TRow>().AsNoTracking().Where(row => EF.Property<string>(row, nameof(JobRow.Owner)) == name).AsAsyncEnumerable();
    }

    private void Write(IEntityType type, object row)
    {
        json.WriteStartObject();
        foreach (var property in type.GetProperties())
        {
            if (property.PropertyInfo?.GetValue(row) is not { } value) continue;
            if (property.Name == nameof(ImageRow.BlobKey)) json.WriteString("url", urlOf((string)value));
            if (Inner.Contains(property.Name)) continue;
            json.WritePropertyName(property.GetColumnName());
            Write(property, value);
        }

        json.WriteEndObject();
    }

    private void Write(IProperty property, object value)
    {
        switch (value)
        {
            case string text when property.GetMaxLength() is null && IsJson(text):
                json.WriteRawValue(text);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case Guid id:
                json.WriteStringValue(id);
                break;
            case DateTimeOffset time:
                json.WriteStringValue(time);
                break;
            case Enum choice:
                json.WriteStringValue(JsonNamingPolicy.SnakeCaseLower.ConvertName(choice.ToString()));
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case int or long or short or byte:
                json.WriteNumberValue(System.Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            default:
                json.WriteStringValue(System.Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static bool IsJson(string text)
    {
        if (text.Length == 0 || text[0] is not ('{' or '[')) return false;
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
