using PhotoStudio.Inference.Models;

namespace PhotoStudio.Tests.Support;

/// <summary>
/// Small graphs in place of the catalogue's models, with the catalogue's own processing: they have the inputs and outputs of the published ones
/// and answer what a test can foretell.
/// </summary>
public sealed class SmallModels : IModelStore, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, InstalledModel> _installed = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ModelCatalogue Catalogue => ModelCatalogue.Embedded;

    /// <summary>Installs a graph as the model of the catalogue with this id.</summary>
    internal SmallModels Install(string id, OnnxModelWriter graph)
    {
        _installed[id] = new(Catalogue.Get(id), graph.Save(_folder.In($"{id}.onnx")));
        return this;
    }

    /// <inheritdoc/>
    public InstalledModel? Find(string id) => _installed.GetValueOrDefault(Catalogue.Get(id).Id);

    /// <inheritdoc/>
    public string? Missing(string id) => Find(id) is null ? $"The model {id} is not installed. Get it: ./studio models pull {id}." : null;

    /// <summary>The studio with these models.</summary>
    public async Task<StudioWithModels> StudioAsync()
    {
        var studio = new StudioWithModels(this);
        await studio.InitializeAsync();
        return studio;
    }

    public void Dispose() => _folder.Dispose();
}

/// <summary>The studio's own engines with the models of a test.</summary>
public sealed class StudioWithModels(SmallModels models) : OperationUnderTest, IAsyncDisposable
{
    /// <inheritdoc/>
    protected override InferenceSetup Setup => new(Settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Device"] = "cpu" }) { Models = models };

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
}
