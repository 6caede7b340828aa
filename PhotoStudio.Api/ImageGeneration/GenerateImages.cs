using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Prompts;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using GenerateOperation = PhotoStudio.Core.Operations.Generate;

namespace PhotoStudio.Api.ImageGeneration;

/// <summary>Makes pictures from words, or after a picture, and stores nothing.</summary>
internal static class GenerateImages
{
    private static readonly IntegerParameter NumberOfVariations =
        new("num_variations", "How many pictures, 1 to 8.", 1, 8) { Default = 4, Aliases = ["n", "num_images"] };

    private static Operation Generate => OperationCatalog.Get("generate");

    /// <summary>One picture from a prompt.</summary>
    public static async Task<Results<Ok<GenerationResource>, StudioProblem>> OneAsync(HttpContext http, Caller caller, StatelessCalls calls)
    {
        try
        {
            var content = await calls.ReadAsync(http, caller);
            return TypedResults.Ok(await OneAsync(http, calls, await calls.ParametersAsync(Generate, content, caller, http.RequestAborted)));
        }
        catch (ProblemException exception)
        {
            return exception.Problem;
        }
    }

    /// <summary>One picture from a prompt that is refined first, with what the prompt was taken for.</summary>
    public static async Task<Results<Ok<GenerationResource>, StudioProblem>> WithIntentAsync(
        HttpContext http, Caller caller, StatelessCalls calls, PromptIntents intents, PromptRefining prompts)
    {
        try
        {
            var content = await calls.ReadAsync(http, caller);
            var given = await calls.ParametersAsync(Generate, content, caller, http.RequestAborted);
            var owner = caller.As(content.Text(GuestIds.UserIdField), content.Faults) ?? caller.Owner;
            var intent = await intents.OfAsync(given.Get(GenerateOperation.Prompt), owner, http.RequestAborted);
            var described = With(given, "prompt", intent.Words);
            var refinement = await prompts.RefineAsync(described, owner, http.RequestAborted);
            var parameters = refinement is null ? described : OperationParameters.FromJson(Generate, refinement.ApplyTo(described.ToJson(), Generate.Name));
            var made = await OneAsync(http, calls, parameters);
            return TypedResults.Ok(made with
            {
                // A bare description ("a castle") says too little alone; here it is clear what is to be done with it.
                Intent = intent.Plan.Intent == Intents.Unclear ? Generate.Name : intent.Plan.Intent,
                Confidence = intent.Plan.Confidence,
                RefinedPrompt = parameters.Get(GenerateOperation.Prompt),
                NegativePrompt = parameters.Get(GenerateOperation.NegativePrompt),
            });
        }
        catch (ProblemException exception)
        {
            return exception.Problem;
        }
    }

    /// <summary>Several pictures from a prompt, or after a picture, each of its own seed.</summary>
    public static async Task<Results<Ok<VariationsResource>, StudioProblem>> SeveralAsync(HttpContext http, Caller caller, StatelessCalls calls)
    {
        try
        {
            var content = await calls.ReadAsync(http, caller);
            var count = CountOf(content);
            var hasPicture = content.Pictures.Count > 0;
            var operation = hasPicture ? AfterPicture(content) : Generate;
            var first = content.Value("seed") is null ? RandomNumberGenerator.GetInt32(int.MaxValue) : 0;
            var presets = operation.FindParameter("seed") is null
                ? new Dictionary<string, RawValue>(StringComparer.Ordinal)
                : new(StringComparer.Ordinal) { ["seed"] = RawValue.FromText(first.ToString(System.Globalization.CultureInfo.InvariantCulture)) };
            var parameters = await calls.ParametersAsync(operation, content, caller, http.RequestAborted, presets);
            var inputs = hasPicture ? await calls.PicturesAsync(operation, content, caller, http.RequestAborted) : [];
            var request = calls.NewRequestId();
            var images = new List<VariationResource>(count);

            // An operation that delivers several pictures makes all of them in one run.
            var runs = operation.Output == OperationOutput.Pictures ? 1 : count;
            for (var i = 0; i < runs; i++)
            {
                var result = await calls.RunAsync(request, Reseeded(parameters, i), inputs, http.RequestAborted);
                images.AddRange(result.Outputs.Select(output => new VariationResource(output.File.ToArray(), Metadata(parameters, result))));
            }

            return TypedResults.Ok(new VariationsResource { RequestId = request, Images = images });
        }
        catch (ProblemException exception)
        {
            return exception.Problem;
        }
    }

    private static async Task<GenerationResource> OneAsync(HttpContext http, StatelessCalls calls, OperationParameters parameters)
    {
        var request = calls.NewRequestId();
        var result = await calls.RunAsync(request, parameters, [], http.RequestAborted);
        return new GenerationResource { RequestId = request, ImageBytes = result.Outputs[0].File.ToArray(), Metadata = Metadata(parameters, result) };
    }

    private static OperationParameters With(OperationParameters parameters, string name, string value)
    {
        var json = parameters.ToJsonObject();
        json[name] = value;
        return OperationParameters.FromJson(parameters.Operation, json.ToJsonString());
    }

    private static int CountOf(RequestContent content)
    {
        foreach (var name in NumberOfVariations.Aliases.Prepend(NumberOfVariations.Name))
        {
            if (content.Value(name) is not { } raw) continue;
            if (NumberOfVariations.Read(raw, out var fault) is int count && fault is null) return count;
            content.Faults.Add(name, fault!);
        }

        return NumberOfVariations.Default!.Value;
    }

    private static Operation AfterPicture(RequestContent content)
    {
        if (OperationCatalog.TryFind("variations", out var operation)) return operation;
        content.Faults.Add("image", "cannot be varied by this studio; give a prompt instead.");
        throw StudioProblem.Validation(content.Faults).ToException();
    }

    // Neighbouring seeds, so that every one of several pictures can be asked for again alone.
    private static OperationParameters Reseeded(OperationParameters parameters, int offset)
    {
        var json = parameters.ToJsonObject();
        if (json["seed"] is not { } seed) return parameters;
        json["seed"] = (int)((seed.GetValue<int>() + (long)offset) % int.MaxValue);
        return OperationParameters.FromJson(parameters.Operation, json.ToJsonString());
    }

    private static JsonObject Metadata(OperationParameters parameters, InferenceResult result)
    {
        var output = result.Outputs[0];
        var metadata = new JsonObject
        {
            ["model"] = result.Engine.Model ?? result.Engine.Engine,
            ["engine"] = result.Engine.Engine,
            ["tier"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(result.Engine.Tier.ToString()),
            ["version"] = result.Engine.Version,
            ["device"] = result.Engine.Device,
            ["seed"] = result.Engine.Seed,
            ["width"] = output.Width,
            ["height"] = output.Height,
            ["content_type"] = output.ContentType,
            ["milliseconds"] = Math.Round(result.Engine.Milliseconds, 1),
        };
        var given = parameters.ToJsonObject();
        metadata["steps"] = given["num_inference_steps"]?.DeepClone();
        metadata["guidance_scale"] = given["guidance_scale"]?.DeepClone();
        if (result.Engine.Notes is { } notes) metadata["notes"] = new JsonArray([.. notes.Select(note => (JsonNode)note)]);
        if (result.Data is not null && JsonNode.Parse(result.Data) is JsonObject data)
        {
            foreach (var (name, value) in data)
            {
                if (!metadata.ContainsKey(name)) metadata[name] = value?.DeepClone();
            }
        }

        return metadata;
    }
}
