using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Auth.Tokens;

/// <summary>
/// Tokens in letters that confirm an address: signed, for nothing but that, and naming the address and the user name that was wished for, so that
/// nothing is kept of whoever never confirms.
/// </summary>
internal sealed class RegistrationTokens
{
    private const string NameClaim = "name";

    private readonly TokenKeys _keys;
    private readonly AuthOptions _options;
    private readonly TimeProvider _time;
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly TokenValidationParameters _rules;

    public RegistrationTokens(TokenKeys keys, IOptions<AuthOptions> options, TimeProvider time)
    {
        (_keys, _options, _time) = (keys, options.Value, time);
        _rules = SignedTokens.Rules(time, needsExpiry: true);
        _rules.ValidIssuer = _options.Issuer;
        _rules.ValidAudience = Audience;
        _rules.IssuerSigningKeyResolver = (_, _, kid, _) => keys.Find(kid);
    }

    /// <summary>Another than that of access tokens, so that neither passes for the other.</summary>
    private string Audience => $"{_options.Audience}/registration";

    /// <summary>A token that lets the holder of the address register it.</summary>
    public string Issue(EmailAddress email, UserName name)
    {
        var now = _time.GetUtcNow();
        var claims = new JsonObject
        {
            [JwtRegisteredClaimNames.Iss] = _options.Issuer,
            [JwtRegisteredClaimNames.Aud] = Audience,
            [JwtRegisteredClaimNames.Email] = email.Text,
            [NameClaim] = name.Text,
            [JwtRegisteredClaimNames.Iat] = now.ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Exp] = (now + _options.ConfirmTokenLifetime).ToUnixTimeSeconds(),
        };
        return _handler.CreateToken(claims.ToJsonString(JsonSerializerOptions.Default), _keys.Signing);
    }

    /// <summary>What a token confirms; null when it is none of ours or not good any more.</summary>
    public ConfirmedAddress? Read(string token) => SignedTokens.Read(
        token,
        _rules,
        read => read.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Email, out var address)
            && EmailAddress.TryParse(address, out var email)
            && read.TryGetPayloadValue<string>(NameClaim, out var text)
            && UserName.TryParse(text, out var name)
                ? new ConfirmedAddress(email, name)
                : null);
}

/// <summary>An address whose holder has the token.</summary>
/// <param name="Email">The address.</param>
/// <param name="Name">The user name that was wished for.</param>
internal sealed record ConfirmedAddress(EmailAddress Email, UserName Name);
