using System.Text.Json.Serialization;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>How the parts of a record that are never queried are written into text columns.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<JobInput>))]
[JsonSerializable(typeof(IReadOnlyList<FlowStep>))]
[JsonSerializable(typeof(IReadOnlyList<BatchItem>))]
[JsonSerializable(typeof(IReadOnlyList<Guid>))]
[JsonSerializable(typeof(IReadOnlyList<ImageTag>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(ImageModeration))]
[JsonSerializable(typeof(CameraMetadata))]
[JsonSerializable(typeof(JobFailure))]
[JsonSerializable(typeof(JobRefinement))]
[JsonSerializable(typeof(EngineReport))]
internal sealed partial class RowJson : JsonSerializerContext;
