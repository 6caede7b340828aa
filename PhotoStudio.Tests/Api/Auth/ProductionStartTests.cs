using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Auth;

/// <summary>What Production does not start with.</summary>
public sealed class ProductionStartTests
{
    private const string Good = "h7Jk2Lm9Qw4Er6Ty8Ui1Op3As5Df0GzXcVbN";

    [Theory]
    [InlineData("", "is missing")]
    [InlineData("short", "at least 32 bytes")]
    [InlineData("changeme-changeme-changeme-changeme", "looks like a default")]
    [InlineData("your-256-bit-secret-your-256-bit-secret", "looks like a default")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "too few different")]
    public async Task A_signing_key_that_is_missing_short_or_a_default(string key, string complaint) =>
        (await RefusalAsync(("Studio:Auth:SigningKey", key))).ShouldContain(complaint);

    [Fact]
    public async Task A_weak_one_among_several_or_two_with_one_id()
    {
        (await RefusalAsync(("Studio:Auth:SigningKeys:0:Key", Good), ("Studio:Auth:SigningKeys:1:Key", "short"))).ShouldContain("SigningKeys:1:Key must have at least 32 bytes");
        (await RefusalAsync(
            ("Studio:Auth:SigningKeys:0:Key", Good), ("Studio:Auth:SigningKeys:0:Id", "a"), ("Studio:Auth:SigningKeys:1:Key", Good + "x"), ("Studio:Auth:SigningKeys:1:Id", "a")))
            .ShouldContain("two keys with one id");
    }

    [Fact]
    public async Task The_other_issuers_secret_as_ones_own_key_or_a_short_one() =>
        (await RefusalAsync(("Studio:Auth:SigningKey", Good), ("Studio:Auth:JwtSecret", Good))).ShouldContain("must not be the secret");

    [Theory]
    [InlineData("Studio:Auth:JwtSecret", "short", "Studio:Auth:JwtSecret (JWT_SECRET) must have at least 32 bytes")]
    [InlineData("Studio:Auth:AcceptTokensWithoutExpiry", "true", "Production refuses it")]
    [InlineData("Studio:Auth:PasswordIterations", "1000", "220,000")]
    [InlineData("Studio:Auth:AccessTokenLifetime", "1.00:00:00", "AccessTokenLifetime")]
    [InlineData("Studio:Auth:Admin:Email", "keeper@example.com", "Admin:Password")]
    [InlineData("Studio:Auth:ResetUrl", "https://front.example/reset", "{token}")]
    [InlineData("Studio:Mail:From", "nobody", "Studio:Mail:From")]
    [InlineData("Studio:Guest:ExpireAfter", "00:00:01", "Studio:Guest:ExpireAfter")]
    public async Task A_setting_that_makes_no_sense(string setting, string value, string complaint) =>
        (await RefusalAsync(("Studio:Auth:SigningKey", Good), (setting, value))).ShouldContain(complaint);

    [Fact]
    public async Task Elsewhere_a_key_is_made_once_and_kept_for_the_studio_alone()
    {
        await using var studio = await StudioHost.StartAsync(new StudioHost { RunsWorker = false });
        await studio.RegisterAsync();
        var file = Path.Combine(studio.Folder, "tokens.key");
        (await File.ReadAllBytesAsync(file)).Length.ShouldBe(32);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static async Task<string> RefusalAsync(params (string Name, string? Value)[] settings)
    {
        await using var host = new StudioHost { Environment = Environments.Production };
        foreach (var (name, value) in settings) host.Settings[name] = value;
        return (await Should.ThrowAsync<OptionsValidationException>(host.InitializeAsync)).Message;
    }
}
