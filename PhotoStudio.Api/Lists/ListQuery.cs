using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using PhotoStudio.Api.Processing;
using PhotoStudio.Core;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Lists;

/// <summary>Reads the query of a list endpoint, collecting every fault, and links its pages.</summary>
internal sealed class ListQuery(HttpRequest request)
{
    /// <summary>The number of the last page that can be asked for.</summary>
    public const int MaxPage = 1_000_000;

    /// <summary>What is wrong with the query so far.</summary>
    public FaultList Faults { get; } = new();

    /// <summary>The page by <c>page</c> and <c>page_size</c>.</summary>
    public PageRequest Page()
    {
        var defaults = new PageRequest(1, 20);
        return new PageRequest(Number("page", 1, MaxPage) ?? defaults.Number, Number("page_size", 1, PageRequest.MaxSize) ?? defaults.Size);
    }

    /// <summary>The job state by <c>status</c>; null for any.</summary>
    public JobState? State()
    {
        if (Text("status") is not { } text) return null;
        foreach (var state in Enum.GetValues<JobState>())
        {
            if (string.Equals(state.WireName(), text, StringComparison.OrdinalIgnoreCase)) return state;
        }

        Faults.Add("status", $"must be one of: {string.Join(", ", Enum.GetValues<JobState>().Select(state => state.WireName()))}.");
        return null;
    }

    /// <summary>The name of an operation by the first of the given names that is there; null for any.</summary>
    public string? Operation(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Text(name) is not { } text) continue;
            if (JobTypes.TryFind(text, out var operation)) return operation.Name;
            Faults.Add(name, $"is no operation. Known: {string.Join(", ", OperationCatalog.All.Select(known => known.Name))}.");
            return null;
        }

        return null;
    }

    /// <summary>An id; null for any.</summary>
    public Guid? Id(string name)
    {
        if (Text(name) is not { } text) return null;
        if (Guid.TryParse(text, out var id)) return id;
        Faults.Add(name, "must be a UUID.");
        return null;
    }

    /// <summary>A short text; null when it is absent.</summary>
    public string? Text(string name, int maxLength)
    {
        if (Text(name) is not { } text) return null;
        if (text.Length <= maxLength) return text;
        Faults.Add(name, $"must have at most {maxLength} characters.");
        return null;
    }

    /// <summary>true or false; null when it is absent.</summary>
    public bool? Flag(string name)
    {
        switch (Text(name)?.ToLowerInvariant())
        {
            case null:
                return null;
            case "true" or "1" or "yes":
                return true;
            case "false" or "0" or "no":
                return false;
            default:
                Faults.Add(name, "must be true or false.");
                return null;
        }
    }

    /// <summary>A whole number within bounds; null when it is absent.</summary>
    public int? Number(string name, int min, int max)
    {
        if (Text(name) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
        Faults.Add(name, $"must be a whole number from {min} to {max}.");
        return null;
    }

    /// <summary>A point in time, or the beginning of a day in UTC; null when it is absent.</summary>
    /// <param name="name">The field.</param>
    /// <param name="wholeDay">Whether a day means its end.</param>
    public DateTimeOffset? Time(string name, bool wholeDay = false)
    {
        if (Text(name) is not { } text) return null;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, Utc, out var day))
            return wholeDay && day < DateTimeOffset.MaxValue.AddDays(-1) ? day.AddDays(1) : day;

        // In a query, a '+' that was not escaped arrives as a space.
        if (DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, Utc, out var time)) return time;
        Faults.Add(name, "must be a date (2026-05-04) or a time (2026-05-04T12:00:00Z).");
        return null;
    }

    /// <summary>Adds a fault when a time span ends before it begins.</summary>
    public void CheckOrder(string name, DateTimeOffset? from, DateTimeOffset? before)
    {
        if (from is { } start && before is { } end && end <= start) Faults.Add(name, "must be before the end of the time asked for.");
    }

    /// <summary>The URL of a neighbouring page, for answers of their own form.</summary>
    public (string? Next, string? Previous) Neighbours<T>(Page<T> page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return (page.HasNext ? UrlOf(page.Number + 1) : null, page.Number > 1 ? UrlOf(Math.Clamp(LastPage(page), 1, page.Number - 1)) : null);
    }

    /// <summary>The answer for a page, with the URLs of its neighbours.</summary>
    public ListEnvelope<T> Answer<T>(Page<T> page, string message)
    {
        ArgumentNullException.ThrowIfNull(page);
        var (next, previous) = Neighbours(page);
        var pagination = new Pagination<T>(page.Total, next, previous, page.Items);
        return new ListEnvelope<T>(page.Items, message, pagination);
    }

    // From beyond the end the way back leads to the last page that has something.
    private static int LastPage<T>(Page<T> page) => (int)Math.Min(MaxPage, (page.Total + page.Size - 1) / page.Size);

    private string? Text(string name)
    {
        var values = request.Query[name];
        if (values.Count > 1) Faults.Add(name, "is given more than once.");
        return values.Count == 0 || string.IsNullOrWhiteSpace(values[0]) ? null : values[0]!.Trim();
    }

    private string UrlOf(int page)
    {
        var query = new QueryBuilder(request.Query.Where(entry => entry.Key != "page").SelectMany(
            entry => entry.Value.Select(value => KeyValuePair.Create(entry.Key, value ?? ""))))
        {
            { "page", page.ToString(CultureInfo.InvariantCulture) },
        };
        return UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, request.Path, query.ToQueryString());
    }
}
