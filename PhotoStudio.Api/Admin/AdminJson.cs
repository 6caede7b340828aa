using System.Text.Json.Serialization;
using PhotoStudio.Api.Admin.Queue;
using PhotoStudio.Api.Admin.Schedule;
using PhotoStudio.Api.Admin.Statistics;
using PhotoStudio.Api.Admin.Users;
using PhotoStudio.Api.Lists;
using PhotoStudio.Core.Audit;

namespace PhotoStudio.Api.Admin;

/// <summary>The contracts of administration, for compile-time JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChangeUserRequest))]
[JsonSerializable(typeof(Envelope<UserResource>))]
[JsonSerializable(typeof(ListEnvelope<UserResource>))]
[JsonSerializable(typeof(Envelope<QueueStateResource>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<WorkerResource>>))]
[JsonSerializable(typeof(Envelope<AdminJobResource>))]
[JsonSerializable(typeof(ListEnvelope<AdminJobResource>))]
[JsonSerializable(typeof(ListEnvelope<AuditEntry>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<ScheduledTaskResource>>))]
[JsonSerializable(typeof(Envelope<StatisticsResource>))]
internal sealed partial class AdminJson : JsonSerializerContext;
