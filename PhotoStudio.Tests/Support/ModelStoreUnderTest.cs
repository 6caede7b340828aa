using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PhotoStudio.Inference.Models;

namespace PhotoStudio.Tests.Support;

/// <summary>A store of models in folders of its own, on a clock that the test moves, with a catalogue of the test's choice.</summary>
public sealed class ModelStoreUnderTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Makes the store.</summary>
    /// <param name="models">The catalogue.</param>
    public ModelStoreUnderTest(params IReadOnlyList<ModelEntry> models)
    {
        Folders = new([_folder.In("models"), _folder.In("more")]);
        foreach (var folder in Folders.All) Directory.CreateDirectory(folder);
        Catalogue = new(models);
        Store = NewStore();
    }

    /// <summary>The folders, both empty at first.</summary>
    internal ModelFolders Folders { get; }

    /// <summary>The catalogue.</summary>
    public ModelCatalogue Catalogue { get; }

    /// <summary>The clock.</summary>
    public ManualTimeProvider Time { get; } = new();

    /// <summary>The store.</summary>
    internal ModelStore Store { get; }

    /// <summary>A model whose file has this content.</summary>
    public static ModelEntry Entry(string id, byte[] content, params Uri[] urls)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new()
        {
            Id = id,
            Title = $"Model {id}",
            Family = "test",
            Operations = ["upscale"],
            File = $"{id}.onnx",
            Urls = urls.Length > 0 ? urls : [new("http://127.0.0.1:9/model.onnx")],
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            Bytes = content.Length,
            Licence = new("MIT"),
            Evidence = HashEvidence.Computed,
            ProcessingName = "none",
        };
    }

    /// <summary>Another store in the same folders, as another process has it.</summary>
    internal ModelStore NewStore() =>
        new(Catalogue, Folders, Licences(), Time, NullLogger<ModelStore>.Instance);

    /// <summary>The accepted licences.</summary>
    internal LicenceAcceptances Licences() => new(Folders, Options.Create(new ModelStoreOptions()), Time);

    /// <summary>A path in one of the folders.</summary>
    public string PathOf(string name, int folder = 0) => Path.Combine(Folders.All[folder], name);

    /// <summary>Puts a file into a folder, and lets the time pass after which the store looks again.</summary>
    public string Put(string name, byte[] content, int folder = 0)
    {
        var path = PathOf(name, folder);
        File.WriteAllBytes(path, content);
        LetPass();
        return path;
    }

    /// <summary>Lets the time pass after which the store looks again.</summary>
    public void LetPass() => Time.Advance(TimeSpan.FromSeconds(2));

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }
}
