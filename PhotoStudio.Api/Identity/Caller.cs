using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Identity;

/// <summary>
/// Who makes the request. Handlers take it as a parameter and pass its <see cref="Owner"/> to the stores, which put it into
/// every query.
/// </summary>
public sealed class Caller
{
    private readonly TokenIdentity? _token;
    private readonly string? _guestId;
    private readonly string? _queryUserId;
    private bool _answersGuestId;

    private Caller(TokenIdentity? token, string? guestId, string? queryUserId) =>
        (_token, _guestId, _queryUserId) = (token, guestId, queryUserId);

    /// <summary>Whether the caller has no account.</summary>
    public bool IsGuest => _token is null;

    /// <summary>The caller's roles.</summary>
    public IReadOnlyList<string> Roles => _token?.Roles ?? [];

    /// <summary>Whose things this request is about, by the token, the <c>user_id</c> of the query, or the guest's random id.</summary>
    public Owner Owner => ForUser(_queryUserId);

    /// <summary>What the caller's token says; null for a guest.</summary>
    internal TokenIdentity? Token => _token;

    /// <summary>The guest's random id once this request has used it, so that the answer hands it out.</summary>
    internal string? GuestIdToAnswer => _answersGuestId ? _guestId : null;

    /// <summary>
    /// Whose things this request is about when the body may carry a <c>user_id</c> as well. A fault is added when it is
    /// malformed or contradicts the query.
    /// </summary>
    /// <returns>The owner; null when there was a fault.</returns>
    /// <exception cref="ProblemException">403: the token may not act for that <c>user_id</c>.</exception>
    public Owner? As(string? bodyUserId, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (string.IsNullOrEmpty(bodyUserId)) return Owner;

        if (!GuestIds.IsUserId(bodyUserId))
        {
            faults.Add(GuestIds.UserIdField, GuestIds.UserIdRule);
            return null;
        }

        if (_queryUserId is not null && _queryUserId != bodyUserId)
        {
            faults.Add(GuestIds.UserIdField, "is given in the query and in the body, and they differ.");
            return null;
        }

        return ForUser(bodyUserId);
    }

    /// <summary>Gives a handler its caller.</summary>
    /// <exception cref="ProblemException">401: the endpoint needs a caller and there is none.</exception>
    public static ValueTask<Caller> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(context.Features.Get<Caller>() ?? throw Unknown().ToException());
    }

    /// <summary>401: nobody is known to make the request.</summary>
    internal static StudioProblem Unknown() =>
        StudioProblem.Of(ProblemCode.Unauthorized, "Send a token as 'Authorization: Bearer …' or 'X-Api-Key: …'.");

    internal static Caller FromToken(TokenIdentity token, string? queryUserId) => new(token, null, queryUserId);

    internal static Caller FromGuest(string guestId, string? queryUserId) => new(null, guestId, queryUserId);

    private Owner ForUser(string? userId)
    {
        if (_token is null)
        {
            if (userId is not null) return Owner.GuestNamespace(userId);
            _answersGuestId = true;
            return Owner.Guest(_guestId!);
        }

        if (userId is null) return _token.Owner;
        if (_token.ActsForKey is { } key) return Owner.Parse($"svc:{key}:{userId}");
        if (userId == _token.UserId) return _token.Owner;
        throw StudioProblem.Of(ProblemCode.Forbidden, "This token may not act for another user_id.").ToException();
    }
}
