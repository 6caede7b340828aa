using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Assistant.Local;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using EditOperation = PhotoStudio.Core.Operations.Edit;

namespace PhotoStudio.Inference.Engines.Edit;

/// <summary>
/// Runs the operations that an instruction names, each by the engine that the studio would pick for it, one after the other on the picture
/// in memory.
/// </summary>
/// <param name="services">Has the selector, which cannot be asked for here: it asks for every engine.</param>
public sealed class EditEngine(IServiceProvider services) : IEngine
{
    private static readonly Lazy<LocalAssistant> Assistant = new(() => new LocalAssistant());

    /// <inheritdoc/>
    public string Operation => "edit";

    /// <inheritdoc/>
    public string Name => "instructions";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "2";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => Foreseen(run).Max(step => step.Memory);

    /// <inheritdoc/>
    public long ResultPixels(EngineRun run) => Foreseen(run).Last().Pixels;

    /// <inheritdoc/>
    public async Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        var (reading, steps) = Read(run);
        var input = run.Input();
        var done = new List<EditedStep>();
        var parts = new List<EnginePart>();
        var notes = new List<string>();
        double? confidence = null;
        Picture? picture = null;
        foreach (var (index, step) in steps.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var share = new Share(run.Progress, index, steps.Count);
            var planned = Plan(step, run with { Progress = share }, input);
            share.Report(new(0, planned.Run.Parameters.Operation.Title));
            var output = await planned.Engine.RunAsync(planned.Run, cancellationToken);
            picture = output.Animation?.Frames[0] ?? output.Pictures[0];
            input = new HeldPicture(picture, run.Codec).ToInput(run.Input().Limits);
            done.Add(new(step.Operation, planned.Run.Parameters.ToJsonObject(), planned.Engine.Name, output.Model));
            parts.Add(new(planned.Run.Parameters.Operation.Source, planned.Engine.Tier));
            confidence = output.Confidence is { } sure ? Math.Min(sure, confidence ?? 1) : confidence;
            notes.AddRange((output.Notes ?? []).Select(note => $"{planned.Run.Parameters.Operation.Title}: {note}"));
        }

        var ran = $"Ran {string.Join(", ", steps.Select(Describe))}.";
        return new EngineOutput
        {
            Pictures = [picture!],
            Data = JsonSerializer.Serialize(new EditedData(done, reading.Notes), EditJson.Default.EditedData),
            Confidence = confidence,
            Notes = [ran, .. notes, .. reading.Notes],
            Parts = parts,
        };
    }

    /// <summary>What each step will take, in bytes, and the pixels that it makes.</summary>
    private IEnumerable<(long Memory, long Pixels)> Foreseen(EngineRun run)
    {
        var input = run.Input();
        foreach (var step in Read(run).Steps)
        {
            // A step holds what the one before made, and its own engine's memory.
            var planned = Plan(step, run, input);
            var memory = planned.Engine.MemoryFor(planned.Run) + (input.Header.Pixels * 4);
            var (width, height) = SizeAfter(planned.Run.Parameters, input.Header.Width, input.Header.Height);
            yield return (memory, (long)width * height);
            input = HeldPicture.Expected(width, height, hasAlpha: true, input);
        }
    }

    private (EditInstruction Reading, IReadOnlyList<AssistantStep> Steps) Read(EngineRun run)
    {
        var reading = EditInstruction.Read(Assistant.Value, run.Parameters.Get(EditOperation.Prompt));
        if (reading.Steps.Count > 0) return (reading, reading.Steps);
        throw new InferenceException(
            InferenceFault.InvalidInput,
            "instruction_unclear",
            $"{(reading.Notes.Count == 0 ? "Nothing to do was understood." : string.Join(' ', reading.Notes))} "
            + "Say what to do in plain words, such as 'make it warmer and remove the background'.");
    }

    private (IEngine Engine, EngineRun Run) Plan(AssistantStep step, EngineRun run, EngineInput input)
    {
        var operation = OperationCatalog.Get(step.Operation);
        var parameters = (JsonObject)step.Parameters.DeepClone();
        if (operation.FindParameter("seed") is IntegerParameter) parameters["seed"] = run.Parameters.Get(EditOperation.Seed);
        OperationParameters read;
        try
        {
            read = OperationParameters.FromJson(operation, parameters.ToJsonString());
        }
        catch (ArgumentException fault)
        {
            throw new InferenceException(InferenceFault.InvalidInput, "invalid_parameters", fault.Message, fault);
        }

        var faults = new FaultList();
        operation.CheckSizes(read, [new(InputSlot.Image.Name, input.Header.Width, input.Header.Height)], faults);
        if (!faults.IsEmpty) throw new InferenceException(InferenceFault.InvalidInput, "invalid_parameters", $"{operation.Title}: {faults}");
        var engine = services.GetRequiredService<EngineSelector>().Select(read);
        return (engine, run with { Parameters = read, Inputs = [input with { Frames = 1 }] });
    }

    // The size that a step leaves, or at least as large.
    private static (int Width, int Height) SizeAfter(OperationParameters parameters, int width, int height)
    {
        switch (parameters.Operation)
        {
            case Core.Operations.Resize:
                var (w, h) = Core.Operations.Resize.TargetOf(parameters, width, height);
                var scale = Math.Max((w ?? 0) / (double)width, (h ?? 0) / (double)height);
                return (w ?? Math.Max(1, (int)Math.Ceiling(width * scale)), h ?? Math.Max(1, (int)Math.Ceiling(height * scale)));
            case Core.Operations.Upscale:
                var factor = parameters.Get(Core.Operations.Upscale.Scale);
                return ((int)Math.Ceiling(width * factor), (int)Math.Ceiling(height * factor));
            case Core.Operations.Expand:
                var (left, top, right, bottom) = Core.Operations.Expand.Borders(parameters, width, height);
                return (width + left + right, height + top + bottom);
            case Core.Operations.Rotate:
                var diagonal = (int)Math.Ceiling(Math.Sqrt(((double)width * width) + ((double)height * height)));
                return parameters.Get(Core.Operations.Rotate.Angle) % 90 == 0 ? (Math.Max(width, height), Math.Max(width, height)) : (diagonal, diagonal);
            default:
                return (width, height);
        }
    }

    private static string Describe(AssistantStep step)
    {
        var given = step.Parameters.Select(parameter => $"{parameter.Key} {parameter.Value}");
        var list = string.Join(", ", given);
        return list.Length == 0 ? step.Operation : $"{step.Operation} ({list})";
    }

    // Each step has the same share of the bar.
    private sealed class Share(IProgress<InferenceProgress> progress, int index, int count) : IProgress<InferenceProgress>
    {
        public void Report(InferenceProgress value) => progress.Report(value with { Fraction = (index + Math.Clamp(value.Fraction, 0, 1)) / count });
    }
}

/// <summary>What an edit did.</summary>
/// <param name="Operations">The operations it ran, in order.</param>
/// <param name="Notes">What of the instruction was not understood or could not be done.</param>
internal sealed record EditedData(IReadOnlyList<EditedStep> Operations, IReadOnlyList<string> Notes);

/// <summary>An operation that ran.</summary>
/// <param name="Operation">Its name.</param>
/// <param name="Parameters">Its parameters, defaults included.</param>
/// <param name="Engine">The engine that ran it.</param>
/// <param name="Model">The model that the engine used.</param>
internal sealed record EditedStep(string Operation, JsonObject Parameters, string Engine, string? Model);

/// <summary>The contract of an edit's data.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EditedData))]
internal sealed partial class EditJson : JsonSerializerContext;
