using System.Text.Json;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Styles;
using StyleTransferOperation = PhotoStudio.Core.Operations.StyleTransfer;

namespace PhotoStudio.Api.Styles;

/// <summary>
/// Puts what a style sets before what a caller gives: <c>style_id</c> names a style, by its id or its slug, and its values hold wherever the
/// call says nothing, or <c>auto</c>.
/// </summary>
public sealed class StyleLookup
{
    private readonly IReadOnlyList<Style> _styles;
    private readonly IReadOnlyList<StyleCategory> _categories;
    private readonly Caller? _caller;

    internal StyleLookup(IReadOnlyList<Style> styles, IReadOnlyList<StyleCategory> categories, Caller? caller) =>
        (_styles, _categories, _caller) = (styles, categories, caller);

    /// <summary>For a request that names no style.</summary>
    public static StyleLookup Nothing { get; } = new([], [], null);

    /// <summary>The style with this id or slug, whoever may use it.</summary>
    public Style? Find(string text) => Guid.TryParse(text, out var id)
        ? _styles.FirstOrDefault(style => style.Id == id)
        : _styles.FirstOrDefault(style => style.Slug.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The values of a call with its style's before them.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="given">Names and values as they came; later ones win.</param>
    /// <param name="faults">Receives what is wrong with the style, or with it beside other values.</param>
    /// <exception cref="ProblemException">403: the style takes a premium account.</exception>
    public IReadOnlyList<KeyValuePair<string, RawValue>> Apply(
        Operation operation, IReadOnlyList<KeyValuePair<string, RawValue>> given, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(faults);
        var field = FinishParameters.StyleId.Name;
        if (TextOf(given.LastOrDefault(value => value.Key == field && !value.Value.IsAbsent).Value) is not { } text) return given;

        List<KeyValuePair<string, RawValue>> others = [.. given.Where(value => value.Key != field)];
        if (operation.FindParameter(field) is null)
        {
            faults.Add(field, $"{operation.Name} takes no style. These do: {string.Join(", ", OperationCatalog.All.Where(known => known.FindParameter(field) is not null).Select(known => known.Name))}.");
            return others;
        }

        if (Usable(text, field, faults) is not { } style) return others;
        CheckBeside(operation, style, others, faults);
        return [.. Presets(operation, style, others), .. others.Where(value => !SaysNothing(operation, value)), .. Prompt(operation, style, others, faults), KeyValuePair.Create(field, RawValue.FromText(style.Id.ToString("D")))];
    }

    /// <summary>The style that a text names, if the caller may use it.</summary>
    /// <exception cref="ProblemException">403: it takes a premium account.</exception>
    public Style? Usable(string text, string field, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (Find(text) is not { } style)
        {
            var category = _categories.FirstOrDefault(known => known.Slug.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase) || (Guid.TryParse(text, out var id) && known.Id == id));
            faults.Add(field, category is null ? "there is no such style; GET /api/v1/styles lists them." : $"names the category '{category.Name}', and not a style of it; GET /api/v1/styles?category={category.Slug} lists its styles.");
            return null;
        }

        if (style.RetiredAt is not null)
        {
            faults.Add(field, $"the style '{style.Name}' was retired and cannot be used any more.");
            return null;
        }

        if (_caller is { } caller && !caller.MayUse(style))
            throw StudioProblem.Of(ProblemCode.PremiumRequired, $"The style '{style.Name}' takes a premium account.").ToException();
        return style;
    }

    /// <summary>What a quality asks of an operation that has no such parameter itself.</summary>
    internal static IEnumerable<KeyValuePair<string, RawValue>> Quality(Operation operation, ResultQuality quality)
    {
        var (file, steps) = quality switch
        {
            ResultQuality.Low => (60, 15),
            ResultQuality.Medium => (82, 30),
            ResultQuality.High => (95, 50),
            _ => (0, 0),
        };
        if (file == 0) yield break;
        if (operation.Parameters.Contains(OutputParameters.Quality)) yield return Number(OutputParameters.Quality.Name, file);
        if (operation.Parameters.Contains(Generate.Steps)) yield return Number(Generate.Steps.Name, steps);
    }

    private static void CheckBeside(Operation operation, Style style, List<KeyValuePair<string, RawValue>> given, FaultList faults)
    {
        // What the style is painted with is the style's; strength, brush and palette may be another's.
        Parameter painted = operation is StyleTransferOperation ? StyleTransferOperation.Style : FinishParameters.PaintStyle;
        foreach (var (name, _) in given.Where(value => !value.Value.IsAbsent && operation.FindParameter(value.Key) == painted).DistinctBy(value => value.Key))
            faults.Add(name, $"cannot go with {FinishParameters.StyleId.Name}; leave one of them out.");
        if (IsTransparent(operation, given) && !style.SupportsTransparency)
            faults.Add(FinishParameters.Background.Name, $"the style '{style.Name}' paints its ground and cannot be transparent.");
    }

    private static IEnumerable<KeyValuePair<string, RawValue>> Presets(Operation operation, Style style, List<KeyValuePair<string, RawValue>> given)
    {
        foreach (var preset in StyleEngine.ValuesFor(operation, style.Engine)) yield return preset;

        // The scene is painted plainly, so that there is one style and not two.
        if (operation is Generate) yield return KeyValuePair.Create(Generate.Style.Name, RawValue.FromText("photorealistic"));
        foreach (var preset in Quality(operation, style.DefaultQuality)) yield return preset;

        var format = TextOf(given.LastOrDefault(value => operation.FindParameter(value.Key) == OutputParameters.Format && !value.Value.IsAbsent && !IsAuto(value.Value)).Value);
        var opaqueFile = format is not null && OutputParameters.Format.Read(RawValue.FromText(format), out _) is OutputFormat.Jpeg;
        if (style.DefaultBackground != ResultBackground.Auto && !(opaqueFile && style.DefaultBackground == ResultBackground.Transparent))
            yield return KeyValuePair.Create(FinishParameters.Background.Name, RawValue.FromText(style.DefaultBackground.ToString()));
        if (style.DefaultOutputFormat != OutputFormat.Auto && !(style.DefaultOutputFormat == OutputFormat.Jpeg && IsTransparent(operation, given)))
            yield return KeyValuePair.Create(OutputParameters.Format.Name, RawValue.FromText(style.DefaultOutputFormat.ToString()));
    }

    private static IEnumerable<KeyValuePair<string, RawValue>> Prompt(
        Operation operation, Style style, List<KeyValuePair<string, RawValue>> given, FaultList faults)
    {
        // Instructions of edits are sentences that are read as they stand.
        if (operation is not Generate || TextOf(given.LastOrDefault(value => value.Key == Generate.Prompt.Name && !value.Value.IsAbsent).Value) is not { } prompt) return [];
        var filled = PromptTemplate.Fill(style.PromptTemplate, style.Name, prompt);
        var room = Generate.PromptLength - (filled.Length - prompt.Trim().Length);
        if (filled.Length <= Generate.PromptLength) return [KeyValuePair.Create(Generate.Prompt.Name, RawValue.FromText(filled))];
        faults.Add(Generate.Prompt.Name, $"must have at most {room} characters with this style, whose own words come to it.");
        return [];
    }

    private static bool IsTransparent(Operation operation, List<KeyValuePair<string, RawValue>> given) =>
        TextOf(given.LastOrDefault(value => operation.FindParameter(value.Key) == FinishParameters.Background && !value.Value.IsAbsent).Value) is { } text
        && FinishParameters.Background.Read(RawValue.FromText(text), out _) is ResultBackground.Transparent;

    /// <summary>Whether a value leaves the choice to the style.</summary>
    private static bool SaysNothing(Operation operation, KeyValuePair<string, RawValue> value) => IsAuto(value.Value)
        && operation.FindParameter(value.Key) is { } parameter && (parameter == FinishParameters.Background || parameter == OutputParameters.Format || parameter == Generate.Style);

    private static bool IsAuto(RawValue value) => "auto".Equals(TextOf(value)?.Trim(), StringComparison.OrdinalIgnoreCase);

    private static KeyValuePair<string, RawValue> Number(string name, int value) =>
        KeyValuePair.Create(name, RawValue.FromText(value.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static string? TextOf(RawValue value) => value.Json is { } json
        ? json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : json.ValueKind == JsonValueKind.String ? json.GetString() : json.GetRawText()
        : string.IsNullOrWhiteSpace(value.Text) ? null : value.Text;
}
