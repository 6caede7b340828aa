using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Faces;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Restoration;

/// <summary>Finds faces.</summary>
internal static class DetectFaces
{
    private static readonly CallRules Rules = new() { RejectUnknown = false };

    /// <summary>Finds the faces of a picture in any form and answers where they are. Neither picture nor answer is stored.</summary>
    public static async Task<Results<Ok<DetectedFaces>, StudioProblem>> DetectAsync(HttpContext http, Caller caller, DirectCalls calls)
    {
        try
        {
            var result = await calls.RunAsync(http, caller, OperationCatalog.Get("detect-faces"), Rules);
            return TypedResults.Ok(JsonSerializer.Deserialize(result.Data!, DetectedFacesJson.Default.DetectedFaces));
        }
        catch (ProblemException exception)
        {
            return exception.Problem;
        }
    }

    public static JsonNode Example() => JsonSerializer.SerializeToNode(
        new DetectedFaces(
            [
                new(
                    new(181.4, 66.2, 87.1, 107.3),
                    0.94,
                    new(new(204, 100.8), new(246.3, 102.6), new(224.1, 126.2), new(206.4, 142.1), new(239.2, 143.4))),
            ],
            512,
            512),
        DetectedFacesJson.Default.DetectedFaces)!;
}
