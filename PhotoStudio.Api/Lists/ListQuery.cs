using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
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
        return new PageRequest(Number("page", MaxPage) ?? defaults.Number, Number("page_size", PageRequest.MaxSize) ?? defaults.Size);
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
            if (OperationCatalog.TryFind(text, out var operation)) return operation.Name;
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

    /// <summary>The answer for a page, with the URLs of its neighbours.</summary>
    public ListEnvelope<T> Answer<T>(Page<T> page, string message)
    {
        ArgumentNullException.ThrowIfNull(page);
        var pagination = new Pagination<T>(
            page.Total,
            page.HasNext ? UrlOf(page.Number + 1) : null,
            page.Number > 1 ? UrlOf(Math.Clamp(LastPage(page), 1, page.Number - 1)) : null,
            page.Items);
        return new ListEnvelope<T>(page.Items, message, pagination);
    }

    // From beyond the end the way back leads to the last page that has something.
    private static int LastPage<T>(Page<T> page) => (int)Math.Min(MaxPage, (page.Total + page.Size - 1) / page.Size);

    private int? Number(string name, int max)
    {
        if (Text(name) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max) return number;
        Faults.Add(name, $"must be a whole number from 1 to {max}.");
        return null;
    }

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
