using PhotoStudio.Api.Operations;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Api.OpenAi.Models;

/// <summary>What can be named as a model: the installed models, and every ready engine that needs none.</summary>
public sealed class OpenAiModels(IModelAdministration models, EngineOverview engines)
{
    // The studio's own engines are as old as its program.
    private static readonly long Built =
        new DateTimeOffset(File.GetLastWriteTimeUtc(typeof(OpenAiModels).Assembly.Location)).ToUnixTimeSeconds();

    /// <summary>All of them, by id.</summary>
    /// <exception cref="ModelException">The models cannot be listed.</exception>
    public async Task<IReadOnlyList<OpenAiModelResource>> AllAsync(CancellationToken cancellationToken)
    {
        var installed = (await models.ListAsync(cancellationToken)).Models.Where(model => model.State == ModelState.Installed)
            .Select(model => Model(model.Id, model.Installed?.ToUnixTimeSeconds() ?? Built, "catalogue", model.Operations));
        var own = (await engines.AllAsync(cancellationToken)).Where(engine => engine is { Ready: true, Tier: not EngineTier.Onnx })
            .Select(engine => Model(
                $"{engine.Operation}.{engine.Engine}", Built, engine.Tier == EngineTier.Remote ? "remote" : "photostudio", [engine.Operation]));
        return [.. installed.Concat(own).OrderBy(model => model.Id, StringComparer.Ordinal)];
    }

    private static OpenAiModelResource Model(string id, long created, string ownedBy, IReadOnlyList<string> operations) =>
        new(id, "model", created, ownedBy, operations);
}
