using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Moderation;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Pictures.Egress;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Styles;
using PhotoStudio.Api.Webhooks;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Submission;

/// <summary>Turns a request's content into a checked call, or into one problem that names everything wrong with it.</summary>
public sealed class CallReader(PictureInput pictures, PromptGate prompts, StyleResolver styles, EgressGate gate)
{
    /// <summary>Reads a call.</summary>
    /// <exception cref="ProblemException">Something is wrong with it.</exception>
    public async Task<OperationCall> ReadAsync(
        HttpContext http, Caller caller, Operation operation, RequestContent content, CallRules rules, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(rules);
        var faults = content.Faults;
        var key = IdempotencyHeader.Read(http.Request, faults);
        var owner = caller.As(content.Text(GuestIds.UserIdField), faults);
        var lookup = await styles.LookupAsync(content, caller, cancellationToken);
        var given = lookup.Apply(operation, [.. Parameters(content, operation, rules)], faults);
        var parameters = OperationParameters.Read(operation, given, faults, rules.RejectUnknown);
        var sent = PictureInput.Assign(content, operation.Inputs, faults);

        // A style that cannot be had sets nothing; that what it would have set is missing need not be said as well.
        if (parameters is not null && !faults.Has(FinishParameters.StyleId.Name)) operation.CheckInputs(parameters, [.. sent.Select(picture => picture.Slot)], faults);
        var webhookUrl = WebhookUrls.Read(content.Text(WebhookUrls.Field), WebhookUrls.Field, gate, faults);
        if (!faults.IsEmpty || owner is null || parameters is null)
            throw (await RefuseAsync(operation.Inputs, sent, owner, faults, cancellationToken)).ToException();

        prompts.Check(parameters);
        var opened = new List<IncomingPicture>(sent.Count);
        foreach (var picture in sent) opened.Add(await pictures.OpenAsync(picture, owner.Value, cancellationToken));
        operation.CheckSizes(parameters, [.. opened.Select(picture => picture.Given)], faults);
        if (!faults.IsEmpty) throw StudioProblem.Validation(faults).ToException();

        var idempotency = key is null
            ? null
            : new IdempotencyKey(
                http.Request.Method, IdempotencyHeader.RouteOf(http), key, IdempotencyHeader.Fingerprint([parameters], Hashes(opened)));
        return new OperationCall(owner.Value, parameters, opened, idempotency) { WebhookUrl = webhookUrl };
    }

    /// <summary>
    /// All faults at once, those of the pictures that came with the request included. Nothing is fetched for a call that is
    /// refused anyway.
    /// </summary>
    internal async Task<StudioProblem> RefuseAsync(
        IReadOnlyList<InputSlot> inputs, IReadOnlyList<SentPicture> sent, Owner? owner, FaultList faults, CancellationToken cancellationToken)
    {
        var slots = inputs.Select(slot => slot.Name).ToHashSet(StringComparer.Ordinal);
        var onlyMissing = faults.ToDictionary().All(fault => slots.Contains(fault.Key) && fault.Value is [var message]
            && message == PictureInput.MissingMessage(fault.Key));
        foreach (var picture in sent.Where(picture => picture.Form is PictureForm.Content or PictureForm.Base64))
        {
            try
            {
                await pictures.OpenAsync(picture, owner ?? default, cancellationToken);
            }
            catch (ProblemException exception)
            {
                faults.Add(picture.Field, exception.Problem.Detail);
                onlyMissing = false;
            }
        }

        var problem = StudioProblem.Validation(faults);
        return onlyMissing ? StudioProblem.Of(ProblemCode.PictureMissing, problem.Detail) with { Errors = problem.Errors } : problem;
    }

    private static IEnumerable<KeyValuePair<string, RawValue>> Parameters(RequestContent content, Operation operation, CallRules rules)
    {
        foreach (var preset in rules.Presets) yield return preset;
        foreach (var (name, value) in content.Values)
        {
            if (rules.Renames.TryGetValue(name, out var renamed)) yield return KeyValuePair.Create(renamed, value);
            else if (operation.FindParameter(name) is not null || (name is not (GuestIds.UserIdField or WebhookUrls.Field) && !rules.Ignored.Contains(name)))
                yield return KeyValuePair.Create(name, value);
        }
    }

    /// <summary>What pictures are, for a fingerprint: slot and hash.</summary>
    internal static IEnumerable<string> Hashes(IEnumerable<IncomingPicture> pictures) => pictures.Select(picture => $"{picture.Slot}={picture.Sha256}");
}
