using System.Text.Json;
using System.Text.RegularExpressions;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Admin.Styles;

/// <summary>Reads what an administrator says about a style. Fields that are not given stay as they are; others than these are passed over.</summary>
internal static partial class StyleFields
{
    private const string Name = "name", Slug = "slug", Description = "description", Category = "category", Template = "prompt_template";
    private const string Engine = "parameters";
    private const int MaxChoice = 20;

    /// <summary>Reads the fields.</summary>
    /// <param name="fields">The body; receives every fault.</param>
    /// <param name="styles">Knows the categories.</param>
    /// <param name="creating">Whether what a style cannot be without is required.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the style becomes; not to be called where there was a fault.</returns>
    public static async Task<Func<Style, Style>> ReadAsync(BodyFields fields, IStyleStore styles, bool creating, CancellationToken cancellationToken)
    {
        var faults = fields.Faults;
        var name = fields.Text(Name, Style.MaxNameLength)?.Trim();
        var slug = fields.Text(Slug, Style.MaxNameLength)?.Trim();
        if (creating && slug is null && name is not null) slug = ImageTag.Named(name)?.Slug;
        if (slug is not null && !SlugForm().IsMatch(slug)) faults.Add(Slug, "must be lower-case letters, digits and single hyphens between them.");
        var description = fields.Text(Description, Style.MaxDescriptionLength, manyLines: true)?.Trim();
        var template = fields.Text(Template, PromptTemplate.MaxLength)?.Trim();
        if (template is not null && PromptTemplate.Fault(template) is { } fault) faults.Add(Template, fault);
        var category = await CategoryAsync(fields, styles, cancellationToken);
        var quality = Choice<ResultQuality>(fields, "default_quality");
        var background = Choice<ResultBackground>(fields, "default_background");
        var format = Choice<OutputFormat>(fields, "default_output_format");
        var transparency = fields.Flag("supports_transparency");
        var premium = fields.Flag("is_premium");
        var position = (int?)fields.Number("position", 0, SaveStyle.LastPosition);
        var engine = EngineOf(fields);
        if (name is { Length: 0 }) faults.Add(Name, "must not be empty.");
        if (creating)
        {
            foreach (var (field, value) in ((string, string?)[])[(Name, name), (Category, category), (Template, template), (Engine, engine)])
            {
                if (value is null && !faults.Has(field) && !faults.ToDictionary().Keys.Any(known => known.StartsWith(field + ".", StringComparison.Ordinal))) faults.Add(field, "is required.");
            }

            if (background == ResultBackground.Transparent && transparency is not true) faults.Add("default_background", "transparent needs supports_transparency.");
        }

        return style => style with
        {
            Name = name ?? style.Name,
            Slug = slug ?? style.Slug,
            Description = description ?? style.Description,
            Category = category ?? style.Category,
            PromptTemplate = template ?? style.PromptTemplate,
            DefaultQuality = quality ?? style.DefaultQuality,
            DefaultBackground = background ?? style.DefaultBackground,
            DefaultOutputFormat = format ?? style.DefaultOutputFormat,
            SupportsTransparency = transparency ?? style.SupportsTransparency,
            IsPremium = premium ?? style.IsPremium,
            Position = position ?? style.Position,
            Engine = engine ?? style.Engine,
        };
    }

    private static async Task<string?> CategoryAsync(BodyFields fields, IStyleStore styles, CancellationToken cancellationToken)
    {
        if (fields.Text(Category, Style.MaxNameLength)?.Trim() is not { } asked) return null;
        var known = (await styles.CategoriesAsync(cancellationToken)).Select(entry => entry.Category).ToList();
        var found = known.Find(category => category.Slug.Equals(asked, StringComparison.OrdinalIgnoreCase) || (Guid.TryParse(asked, out var id) && category.Id == id));
        if (found is null) fields.Faults.Add(Category, $"is not known. Known: {string.Join(", ", known.Select(category => category.Slug))}.");
        return found?.Slug;
    }

    private static T? Choice<T>(BodyFields fields, string name)
        where T : struct, Enum
    {
        if (fields.Text(name, MaxChoice) is not { } text) return null;
        foreach (var value in Enum.GetValues<T>())
        {
            if (value.ToString().Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) return value;
        }

        fields.Faults.Add(name, $"must be one of: {string.Join(", ", Enum.GetNames<T>().Select(known => known.ToLowerInvariant()))}.");
        return null;
    }

    private static string? EngineOf(BodyFields fields)
    {
        if (fields.Node(Engine) is not { } node) return null;
        try
        {
            using var json = JsonDocument.Parse(node.GetValueKind() == JsonValueKind.String ? node.ToString() : node.ToJsonString());
            return StyleEngine.Read(json.RootElement, Engine, fields.Faults);
        }
        catch (JsonException)
        {
            fields.Faults.Add(Engine, "is not JSON.");
            return null;
        }
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SlugForm();
}
