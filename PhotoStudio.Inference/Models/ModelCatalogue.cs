using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Inference.Models;

/// <summary>The models that the studio knows how to fetch, check and run: <c>Models/catalogue.json</c>, and what an operator adds.</summary>
public sealed class ModelCatalogue
{
    private readonly Dictionary<string, ModelEntry> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ModelEntry> _byHash = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ModelEntry>> _byFamily = new(StringComparer.Ordinal);

    /// <summary>Makes a catalogue of these models.</summary>
    /// <exception cref="InvalidDataException">An entry contradicts itself or another; the message names it.</exception>
    public ModelCatalogue(IEnumerable<ModelEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var entry in entries)
        {
            Check(entry);
            if (!_byId.TryAdd(entry.Id, entry)) throw new InvalidDataException($"Two models of the catalogue are called '{entry.Id}'.");
            if (entry.Sha256 is { } hash && !_byHash.TryAdd(hash, entry))
                throw new InvalidDataException($"The models '{entry.Id}' and '{_byHash[hash].Id}' of the catalogue have the same hash.");

            if (!_byFamily.TryGetValue(entry.Family, out var family)) _byFamily.Add(entry.Family, family = []);
            family.Add(entry);
        }

        All = [.. _byId.Values];
    }

    /// <summary>The catalogue that comes with the studio.</summary>
    public static ModelCatalogue Embedded { get; } = new(ReadEmbedded());

    /// <summary>The models, in the order of preference.</summary>
    public IReadOnlyList<ModelEntry> All { get; }

    /// <summary>The catalogue that comes with the studio, and before it the models of a file of the operator's.</summary>
    /// <param name="path">The file; null or empty for none.</param>
    /// <exception cref="InvalidDataException">It is no such file, or contradicts the catalogue.</exception>
    public static ModelCatalogue With(string? path)
    {
        if (string.IsNullOrWhiteSpace(path)) return Embedded;
        using var stream = File.OpenRead(path);
        return new(Read(stream, path).Concat(Embedded.All));
    }

    /// <summary>The same models, those of these ids or file names first, in their order; names that no model has are passed over.</summary>
    public ModelCatalogue Preferring(IEnumerable<string> names)
    {
        ModelEntry[] first = [.. names.SelectMany(name => All.Where(entry => entry.Is(name))).Distinct()];
        return first.Length == 0 ? this : new(first.Concat(All.Except(first)));
    }

    /// <summary>The models of a file in the form of <c>catalogue.json</c>.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">It is not such a file; the message says what is wrong.</exception>
    public static IReadOnlyList<ModelEntry> Read(Stream json, string source)
    {
        try
        {
            var file = JsonSerializer.Deserialize(json, CatalogueJson.Default.CatalogueFile)
                ?? throw new InvalidDataException($"{source} is empty.");
            return
            [
                .. file.Models.Select(entry => file.Processings.TryGetValue(entry.ProcessingName, out var processing)
                    ? entry with { Processing = processing }
                    : throw new InvalidDataException($"{source}: '{entry.Id}' needs the processing '{entry.ProcessingName}', which is not there.")),
            ];
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{source} is no catalogue of models: {fault.Message}", fault);
        }
    }

    /// <summary>The model with an id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ModelEntry Get(string id) =>
        TryFind(id, out var entry) ? entry : throw new ArgumentException($"The catalogue has no model '{id}'.", nameof(id));

    /// <summary>The model with an id.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out ModelEntry? entry) => _byId.TryGetValue(id, out entry);

    /// <summary>The model whose file has a hash; null when none has.</summary>
    /// <param name="sha256">64 lower-case hexadecimal digits.</param>
    public ModelEntry? FindByHash(string sha256) => _byHash.GetValueOrDefault(sha256);

    /// <summary>The models of a family, in the order of preference.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public IReadOnlyList<ModelEntry> Family(string family) =>
        _byFamily.TryGetValue(family, out var entries)
            ? entries
            : throw new ArgumentException($"The catalogue has no family '{family}'.", nameof(family));

    private static IReadOnlyList<ModelEntry> ReadEmbedded()
    {
        const string Name = "PhotoStudio.Inference.Models.catalogue.json";
        using var stream = typeof(ModelCatalogue).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidDataException($"The assembly lacks {Name}.");
        return Read(stream, "catalogue.json");
    }

    private static void Check(ModelEntry entry)
    {
        if (entry.Id.Length is 0 or > 64 || !entry.Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
            || !char.IsAsciiLetterOrDigit(entry.Id[0]))
        {
            throw new InvalidDataException($"'{entry.Id}' is no id of a model: up to 64 lower-case letters, digits, '-' and '.'.");
        }

        if (entry.File != Path.GetFileName(entry.File) || entry.File.Length == 0 || entry.File[0] == '.')
            throw Fault("its file is no plain file name");
        if (entry.Sha256 is { } hash && (hash.Length != 64 || !hash.All(c => char.IsAsciiHexDigitLower(c))))
            throw Fault("its hash is not 64 lower-case hexadecimal digits");
        if (entry.Sha256 is null && !entry.IsUserSupplied) throw Fault("it has addresses and no hash");
        if (entry.Bytes <= 0) throw Fault("its size is not positive");
        if (entry.Urls.Any(url => !url.IsAbsoluteUri || url.Scheme is not ("https" or "http"))) throw Fault("an address is not http or https");
        if (entry.Licence is { Restricted: true, Terms: null }) throw Fault("its licence is restricted and its terms are not told");
        if (entry.Operations.FirstOrDefault(name => !OperationCatalog.TryFind(name, out _)) is { } unknown)
            throw Fault($"'{unknown}' is no operation");

        InvalidDataException Fault(string what) => new($"The model '{entry.Id}' of the catalogue: {what}.");
    }
}

/// <summary>The form of <c>catalogue.json</c>.</summary>
/// <param name="Processings">Inputs and outputs by name; several models may have the same.</param>
/// <param name="Models">The models, in the order of preference.</param>
internal sealed record CatalogueFile(IReadOnlyDictionary<string, ModelProcessing> Processings, IReadOnlyList<ModelEntry> Models);

/// <summary>Reads the catalogue. Comments are allowed, unknown members are faults.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CatalogueFile))]
internal sealed partial class CatalogueJson : JsonSerializerContext;
