using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Tests.Support;

/// <summary>Submissions and results that are valid in every respect.</summary>
public static class TestJobs
{
    public static readonly EngineReport Engine = new("builtin-resize", EngineTier.Builtin, "1", "cpu", 12.5)
    {
        Seed = 7,
        Confidence = 0.75,
    };

    public static Owner Someone(string name = "") => Owner.Guest($"{name}{Guid.NewGuid():N}");

    /// <summary>A resize of one uploaded picture.</summary>
    public static JobSubmission Resize(Owner owner, int width = 640)
    {
        var upload = Upload(owner);
        return new JobSubmission
        {
            Owner = owner,
            Parameters = ResizeParameters(width),
            Inputs = [new JobInput("image", upload.Id, upload.BlobKey)],
            Uploads = [upload],
        };
    }

    /// <summary>The same, as the first of several steps; each of the others removes the background.</summary>
    public static JobSubmission Pipeline(Owner owner, int steps)
    {
        var step = new FlowStep("remove-background", OperationParameters.Defaults(OperationCatalog.Get("remove-background")).ToJson());
        return Resize(owner) with { Flow = steps == 1 ? null : new FlowPlan(OrderedId.New(), [.. Enumerable.Repeat(step, steps - 1)]) };
    }

    /// <summary>So many pictures, each resized and then cut out; refused ones have a reason and no job.</summary>
    public static BatchSubmission Batch(Owner owner, int items, int refused = 0, int steps = 1)
    {
        var first = Resize(owner).Parameters;
        var following = Pipeline(owner, Math.Max(2, steps)).Flow!.FollowingSteps.Take(steps - 1).ToList();
        var good = Enumerable.Range(0, items).Select(index =>
        {
            var job = Resize(owner) with { Lane = JobLane.Batch, Flow = new FlowPlan(OrderedId.New(), following, DropsIntermediates: true) };
            return new BatchItemSubmission(new BatchItem($"{index}.png", job.Inputs[0].ImageId), job);
        });
        var bad = Enumerable.Range(0, refused)
            .Select(index => new BatchItemSubmission(new BatchItem($"bad{index}.txt", null, new JobFailure("unsupported_picture", "No picture.")), null));
        return new BatchSubmission(OrderedId.New(), owner, [new FlowStep("resize", first.ToJson()), .. following], [.. bad, .. good]);
    }

    public static OperationParameters ResizeParameters(int width) =>
        OperationParameters.FromJson(OperationCatalog.Get("resize"), $$"""{"width":{{width}}}""");

    public static StudioImage Upload(Owner owner)
    {
        var id = OrderedId.New();
        return new StudioImage
        {
            Id = id,
            Owner = owner,
            Kind = ImageKind.Upload,
            BlobKey = BlobKeys.Upload(owner, id, "png"),
            ContentType = "image/png",
            Width = 1200,
            Height = 800,
            Bytes = 123_456,
            Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(id.ToByteArray())),
            CreatedAt = new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero),
        };
    }

    /// <summary>What an attempt delivers: so many pictures.</summary>
    public static JobCompletion Completion(Job job, int results = 1) =>
        new(Engine, [.. Enumerable.Range(0, results).Select(index => Result(job, index))]);

    public static StudioImage Result(Job job, int index = 0) => Upload(job.Owner) with
    {
        Kind = ImageKind.Result,
        BlobKey = BlobKeys.Result(job.Owner, job.CreatedAt, job.Id, job.Attempt, index, "png"),
        JobId = job.Id,
        Index = index,
        Operation = job.Operation,
        Parameters = job.Parameters,
        Engine = Engine,
        InGallery = true,
        Parents = [.. job.Inputs.Select(input => input.ImageId)],
    };

    public static IdempotencyKey Key(string key, string fingerprint = "f1") => new("POST", "/api/v1/operations/{name}", key, fingerprint);
}
