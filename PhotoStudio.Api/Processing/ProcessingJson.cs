using System.Text.Json.Serialization;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.Processing;

/// <summary>The contracts of the processing endpoints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Envelope<JobResource>))]
[JsonSerializable(typeof(ListEnvelope<JobResource>))]
[JsonSerializable(typeof(Envelope<ProcessingResultResource>))]
[JsonSerializable(typeof(ListEnvelope<ProcessingResultResource>))]
[JsonSerializable(typeof(Envelope<DownloadResource>))]
[JsonSerializable(typeof(Envelope<ProcessingStatsResource>))]
[JsonSerializable(typeof(Envelope<ProcessingQuotaResource>))]
[JsonSerializable(typeof(JobEventResource))]
public sealed partial class ProcessingJson : JsonSerializerContext;
