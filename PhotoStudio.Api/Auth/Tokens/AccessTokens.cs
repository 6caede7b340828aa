using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PhotoStudio.Api.Auth.Tokens;

/// <summary>
/// Access tokens: signed, short-lived, and naming the session they come from, which has the last word on whether they are still good.
/// </summary>
internal sealed class AccessTokens
{
    private const string SessionClaim = "sid";

    private readonly TokenKeys _keys;
    private readonly AuthOptions _options;
    private readonly TimeProvider _time;
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly TokenValidationParameters _rules;

    public AccessTokens(TokenKeys keys, IOptions<AuthOptions> options, TimeProvider time)
    {
        (_keys, _options, _time) = (keys, options.Value, time);
        _rules = SignedTokens.Rules(time, needsExpiry: true);
        _rules.ValidIssuer = _options.Issuer;
        _rules.ValidAudience = _options.Audience;
        _rules.IssuerSigningKeyResolver = (_, _, kid, _) => keys.Find(kid);
    }

    /// <summary>How long a token is good, in seconds.</summary>
    public int LifetimeSeconds => (int)_options.AccessTokenLifetime.TotalSeconds;

    /// <summary>A token of a session.</summary>
    public string Issue(Guid accountId, Guid sessionId)
    {
        var now = _time.GetUtcNow();
        var claims = new JsonObject
        {
            [JwtRegisteredClaimNames.Iss] = _options.Issuer,
            [JwtRegisteredClaimNames.Aud] = _options.Audience,
            [JwtRegisteredClaimNames.Sub] = accountId.ToString("D"),
            [SessionClaim] = sessionId.ToString("D"),
            [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N"),
            [JwtRegisteredClaimNames.Iat] = now.ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Nbf] = now.ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Exp] = (now + _options.AccessTokenLifetime).ToUnixTimeSeconds(),
        };
        return _handler.CreateToken(claims.ToJsonString(JsonSerializerOptions.Default), _keys.Signing);
    }

    /// <summary>Whose token this is, as it says; null when it is not one of ours or not good any more.</summary>
    public TokenClaims? Read(string token) => SignedTokens.Read(
        token,
        _rules,
        read => Guid.TryParseExact(read.Subject, "D", out var account)
            && read.TryGetPayloadValue<string>(SessionClaim, out var sid)
            && Guid.TryParseExact(sid, "D", out var session)
                ? new TokenClaims(account, session)
                : null);
}

/// <summary>What an access token says.</summary>
/// <param name="AccountId">Whose it is.</param>
/// <param name="SessionId">The session it comes from.</param>
internal sealed record TokenClaims(Guid AccountId, Guid SessionId);
