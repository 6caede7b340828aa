using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Styles;

/// <summary>
/// Makes the examples of styles: pictures of the studio's own making, and each of them in the style. They are made when they are first
/// asked for and kept under a name that follows from how they are made, so that a changed style gets new ones and a lost one is made again.
/// </summary>
public sealed class StyleExamples(IInference inference, IBlobStore blobs) : IDisposable
{
    private const string Prefix = "styles/examples/";
    private const string FileType = "webp";

    /// <summary>Width of an example, in pixels.</summary>
    public const int Width = 768;

    /// <summary>Height of an example, in pixels.</summary>
    public const int Height = 512;

    private static readonly (string Title, string Prompt, int Seed)[] Scenes =
    [
        ("A lake in the mountains", "a mountain lake with pine trees at golden hour", 7),
        ("Fruit on a table", "a still life with a bowl of red apples and a vase of flowers on a wooden table", 11),
    ];

    // One after another: an example takes a second, and everybody who waits for it gets the same.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The examples of a style: titles and the keys of their blobs.</summary>
    /// <exception cref="InferenceException">One could not be made.</exception>
    public async Task<IReadOnlyList<(string Title, string Original, string Styled)>> OfAsync(Style style, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(style);
        var made = new List<(string, string, string)>();
        foreach (var (title, prompt, seed) in Scenes)
        {
            var scene = new JsonObject
            {
                ["prompt"] = prompt, ["style"] = "photorealistic", ["seed"] = seed, ["width"] = Width, ["height"] = Height,
                ["output_format"] = FileType, ["output_quality"] = 90,
            };
            var painting = JsonNode.Parse(style.Engine)!.AsObject();
            painting["output_format"] = FileType;
            painting["output_quality"] = 90;
            var original = KeyOf("scene", scene.ToJsonString());
            var styled = KeyOf(style.Slug, original + painting.ToJsonString());
            if (!await IsStoredAsync(original, cancellationToken) || !await IsStoredAsync(styled, cancellationToken))
                await MakeAsync(scene, original, painting, styled, cancellationToken);
            made.Add((title, original, styled));
        }

        return made;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task MakeAsync(JsonObject scene, string original, JsonObject painting, string styled, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var picture = await GetAsync(original, "generate", scene, [], cancellationToken);
            await GetAsync(styled, "style-transfer", painting, [new(InputSlot.Image.Name, picture)], cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<ReadOnlyMemory<byte>> GetAsync(
        string key, string operation, JsonObject parameters, IReadOnlyList<InferenceInput> inputs, CancellationToken cancellationToken)
    {
        if (await blobs.OpenReadAsync(key, null, cancellationToken) is { } stored)
        {
            await using (stored)
            {
                using var copy = new MemoryStream();
                await stored.CopyToAsync(copy, cancellationToken);
                return copy.ToArray();
            }
        }

        var checkedParameters = OperationParameters.FromJson(OperationCatalog.Get(operation), parameters.ToJsonString());
        var result = await inference.RunAsync(
            new("example-" + Path.GetFileNameWithoutExtension(key), operation, checkedParameters.ToJson(), inputs), progress: null, cancellationToken);
        var output = result.Outputs[0];
        using var content = new MemoryStream(output.File.ToArray(), writable: false);
        await blobs.TryPutAsync(key, content, output.ContentType, cancellationToken);
        return output.File;
    }

    private async Task<bool> IsStoredAsync(string key, CancellationToken cancellationToken) => await blobs.FindAsync(key, cancellationToken) is not null;

    private static string KeyOf(string name, string content) => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}{name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..16]}.{FileType}");
}
