using Microsoft.Extensions.Options;
using PhotoStudio.Api.Identity;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Auth;

/// <summary>
/// Gives an account what its owner did as a guest before. Only a random id proves that it was the same person; a <c>user_id</c> names a
/// namespace that is anybody's, so nothing is adopted from one.
/// </summary>
internal sealed partial class GuestAdoption(
    IEnumerable<IOwnedThings> stores, IOptions<IdentityOptions> identity, IHostEnvironment environment, ILogger<GuestAdoption> logger)
{
    /// <summary>Adopts the things of the guest whose cookie or header the request has; answers how many there were.</summary>
    public async Task<int> AdoptAsync(HttpContext http, Account account)
    {
        if (!(identity.Value.Guests ?? !environment.IsProduction())) return 0;

        string?[] ids = [http.Request.Headers[GuestIds.Header], http.Request.Cookies[GuestIds.Cookie]];
        var adopted = 0;
        foreach (var id in ids.Where(GuestIds.IsRandomId).Distinct(StringComparer.Ordinal))
        {
            foreach (var store in stores)
            {
                try
                {
                    adopted += await store.AdoptAsync(Owner.Guest(id!), account.Owner, http.RequestAborted);
                }
                catch (Core.StorageException exception)
                {
                    // Signing in matters more; the guest's id is still with the client, so the next sign-in adopts what is left.
                    LogNotAdopted(exception, account.Id);
                    return adopted;
                }
            }
        }

        if (GuestIds.IsRandomId(http.Request.Cookies[GuestIds.Cookie])) http.Response.Cookies.Delete(GuestIds.Cookie, new CookieOptions { Path = "/" });
        return adopted;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The things of a guest could not be given to account {AccountId}; its next sign-in tries again.")]
    private partial void LogNotAdopted(Exception exception, Guid accountId);
}
