using System.Text.Json.Nodes;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Pipelines;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Styles;

/// <summary>Gets the styles that a request names, wherever in it they are.</summary>
public sealed class StyleResolver(IStyleStore styles)
{
    /// <summary>The styles for a request; none are asked for where it names none.</summary>
    public async Task<StyleLookup> LookupAsync(RequestContent content, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(caller);
        return Names(content) ? await LoadAsync(caller, cancellationToken) : StyleLookup.Nothing;
    }

    /// <summary>The styles for parameters that are kept.</summary>
    public async Task<StyleLookup> LookupAsync(JsonObject parameters, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(caller);
        return parameters.ContainsKey(FinishParameters.StyleId.Name) ? await LoadAsync(caller, cancellationToken) : StyleLookup.Nothing;
    }

    private async Task<StyleLookup> LoadAsync(Caller caller, CancellationToken cancellationToken)
    {
        var categories = await styles.CategoriesAsync(cancellationToken);
        return new StyleLookup(await styles.AllAsync(cancellationToken), [.. categories.Select(entry => entry.Category)], caller);
    }

    private static bool Names(RequestContent content)
    {
        var field = FinishParameters.StyleId.Name;
        if (content.Value(field) is not null) return true;
        return content.Value(StepsReader.Field) is { } steps && (steps.Text ?? steps.Json?.GetRawText() ?? "").Contains(field, StringComparison.Ordinal);
    }
}
