using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Moderation;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Styles;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Pipelines;

/// <summary>Turns a request into a checked pipeline, or into one problem that names everything wrong with it.</summary>
public sealed class PipelineReader(CallReader calls, PictureInput pictures, PromptGate prompts, StyleResolver styles)
{
    /// <summary>Whether the pictures between the steps are kept.</summary>
    public static BooleanParameter KeepIntermediate { get; } = new(
        "keep_intermediate",
        "Whether the pictures between the steps are kept as results too. Otherwise each goes once the next step is done; where a step fails, the last picture before it stays.");

    private static readonly InputSlot[] Slots = [InputSlot.Image];

    /// <summary>Reads a pipeline.</summary>
    /// <exception cref="ProblemException">Something is wrong with it.</exception>
    public async Task<PipelineCall> ReadAsync(HttpContext http, Caller caller, RequestContent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(content);
        var faults = content.Faults;
        var key = IdempotencyHeader.Read(http.Request, faults);
        var owner = caller.As(content.Text(GuestIds.UserIdField), faults);
        var steps = StepsReader.Read(content.Value(StepsReader.Field), await styles.LookupAsync(content, caller, cancellationToken), faults);
        var keep = ReadKeep(content, faults);
        foreach (var (name, _) in content.Values.Where(value => !IsKnown(value.Key)).DistinctBy(value => value.Key))
            faults.Add(name, $"is no field of a pipeline. Known: {StepsReader.Field}, {KeepIntermediate.Name} and the picture; parameters belong to a step.");
        var sent = PictureInput.Assign(content, Slots, faults);
        if (!faults.IsEmpty || owner is null || steps is null)
            throw (await calls.RefuseAsync(Slots, sent, owner, faults, cancellationToken)).ToException();

        prompts.Check(steps);
        var picture = await pictures.OpenAsync(sent[0], owner.Value, cancellationToken);
        StepsReader.CheckFirst(steps[0], picture.Given, faults);
        if (!faults.IsEmpty) throw StudioProblem.Validation(faults).ToException();

        var idempotency = key is null
            ? null
            : new IdempotencyKey(
                http.Request.Method, IdempotencyHeader.RouteOf(http), key,
                IdempotencyHeader.Fingerprint(steps, [.. CallReader.Hashes([picture]), $"keep={keep}"]));
        return new PipelineCall(owner.Value, steps, picture, keep, idempotency);
    }

    /// <summary>Reads <c>keep_intermediate</c>.</summary>
    internal static bool ReadKeep(RequestContent content, FaultList faults)
    {
        if (content.Value(KeepIntermediate.Name) is not { } raw) return false;
        if (KeepIntermediate.Read(raw, out var fault) is bool keep && fault is null) return keep;
        faults.Add(KeepIntermediate.Name, fault!);
        return false;
    }

    private static bool IsKnown(string name) => name == StepsReader.Field || name == KeepIntermediate.Name || name == GuestIds.UserIdField;
}

/// <summary>A pipeline that has been read and checked.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Steps">The steps in order.</param>
/// <param name="Picture">What the first step works on.</param>
/// <param name="KeepIntermediate">Whether the pictures between the steps are kept.</param>
/// <param name="Key">The caller's idempotency key.</param>
public sealed record PipelineCall(
    Owner Owner, IReadOnlyList<OperationParameters> Steps, IncomingPicture Picture, bool KeepIntermediate, IdempotencyKey? Key);
