using System.Text.Encodings.Web;
using System.Text.Json;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Api.Auth;

/// <summary>
/// Everything the studio keeps for an account, as one JSON file that is written as it is read: the account, its keys, and its things, with links
/// to the pictures that work for a day.
/// </summary>
internal static class ExportAccount
{
    private static readonly TimeSpan LinksWork = TimeSpan.FromDays(1);

    public static async Task<IResult> HandleAsync(
        HttpContext http, AccountCaller caller, IAccountStore accounts, IApiKeyStore keys, IEnumerable<IOwnedThings> stores, IBlobUrls urls)
    {
        if (await accounts.FindAsync(caller.AccountId, http.RequestAborted) is not { } account) return Identity.Caller.Unknown();

        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"photostudio-export.json\"";
        await using var json = new Utf8JsonWriter(http.Response.Body, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WriteStartObject("data");
        Write(json, account);
        var made = await WriteKeysAsync(json, account, keys, http.RequestAborted);

        json.WriteStartObject("things");
        string UrlOf(string key) => urls.Sign(key, LinksWork);
        foreach (var store in stores) await store.ExportAsync(account.Owner, json, UrlOf, http.RequestAborted);
        json.WriteEndObject();

        json.WriteStartObject("service_users");
        foreach (var key in made.Where(key => key.Scopes.Contains(ApiKeyScopes.ActAs)))
        {
            foreach (var store in stores)
            {
                foreach (var owner in await store.OwnersAsync($"svc:{key.Id:N}:", http.RequestAborted))
                {
                    json.WriteStartObject(owner.Text);
                    await store.ExportAsync(owner, json, UrlOf, http.RequestAborted);
                    json.WriteEndObject();
                }
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("message", "Everything the studio keeps for you.");
        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted);
        return Results.Empty;
    }

    private static void Write(Utf8JsonWriter json, Account account)
    {
        json.WriteStartObject("account");
        json.WriteString("id", account.Id);
        json.WriteString("email", account.Email);
        json.WriteString("username", account.UserName);
        json.WriteString("created_at", account.CreatedAt);
        json.WriteString("bio", account.Bio);
        WriteArray(json, "roles", account.Roles);
        WriteArray(json, "preferred_styles", account.PreferredStyles);
        if (account.MaxDailyProcesses is { } quota) json.WriteNumber("max_daily_processes", quota);
        json.WriteEndObject();
    }

    private static async Task<List<ApiKey>> WriteKeysAsync(Utf8JsonWriter json, Account account, IApiKeyStore keys, CancellationToken cancellationToken)
    {
        var made = new List<ApiKey>();
        for (var page = new PageRequest(1, PageRequest.MaxSize); ; page = page with { Number = page.Number + 1 })
        {
            var found = await keys.ListAsync(account.Id, page, cancellationToken);
            made.AddRange(found.Items);
            if (!found.HasNext) break;
        }

        json.WriteStartArray("keys");
        foreach (var key in made)
        {
            json.WriteStartObject();
            json.WriteString("id", key.Id);
            json.WriteString("name", key.Name);
            json.WriteString("prefix", key.Prefix);
            WriteArray(json, "scopes", key.Scopes);
            json.WriteString("created_at", key.CreatedAt);
            if (key.LastUsedAt is { } used) json.WriteString("last_used_at", used);
            if (key.RevokedAt is { } revoked) json.WriteString("revoked_at", revoked);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return made;
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
