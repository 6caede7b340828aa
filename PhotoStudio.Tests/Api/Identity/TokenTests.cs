using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Identity;

public sealed class TokenTests : IAsyncLifetime
{
    private const string Resize = "/api/v1/operations/resize?width=8";
    private static readonly Guid Ana = Guid.Parse("018f0000-0000-7000-8000-00000000000a");
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 1), PictureFormat.Jpeg);

    private readonly StudioHost _studio = new()
    {
        Environment = Environments.Production,
        Services = services => services.AddSingleton<ITokenAuthenticator, KnownTokens>(),
    };

    public Task InitializeAsync() => _studio.InitializeAsync();

    public Task DisposeAsync() => _studio.DisposeAsync();

    [Theory]
    [InlineData("Authorization", "Bearer ana")]
    [InlineData("Authorization", "Token ana")]
    [InlineData("Authorization", "bearer   ana")]
    [InlineData("X-Api-Key", "ana")]
    public async Task A_token_comes_in_any_of_the_three_forms(string header, string value) =>
        (await OwnerOfAsync(await SubmitAsync("", (header, value)))).ShouldBe(Owner.User(Ana));

    [Fact]
    public async Task A_token_may_name_its_own_user_id_and_no_other()
    {
        var own = await SubmitAsync("&user_id=ana-1", ("Authorization", "Bearer ana"));
        (await OwnerOfAsync(own)).ShouldBe(Owner.User(Ana));

        var other = await SubmitAsync("&user_id=ben-1", ("Authorization", "Bearer ana"));
        await other.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");

        var inForm = Http.Form(Photo, fields: [("user_id", "ben-1")]);
        await _studio.Client.PostAsync(Resize, inForm, ("Authorization", "Bearer ana"))
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_service_key_acts_for_anyone_inside_its_own_namespace()
    {
        (await OwnerOfAsync(await SubmitAsync("&user_id=ana-1", ("X-Api-Key", "shop")))).ShouldBe(Owner.Parse("svc:shop:ana-1"));
        (await OwnerOfAsync(await SubmitAsync("", ("X-Api-Key", "shop")))).ShouldBe(Owner.Parse("svc:shop:shop"));
    }

    [Fact]
    public async Task Two_tokens_or_an_endless_one_are_refused()
    {
        await SubmitAsync("", ("Authorization", "Bearer ana"), ("X-Api-Key", "shop"))
            .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await SubmitAsync("", ("X-Api-Key", new string('a', 9000))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task A_guests_cookie_beside_a_token_changes_nothing()
    {
        var response = await SubmitAsync("", ("Authorization", "Bearer ana"), ("Cookie", "studio_guest=" + new string('0', 32)));
        (await OwnerOfAsync(response)).ShouldBe(Owner.User(Ana));
        response.Headers.Contains("X-Guest-Id").ShouldBeFalse();
    }

    private Task<HttpResponseMessage> SubmitAsync(string query, params (string Name, string Value)[] headers) =>
        _studio.Client.PostAsync(Resize + query, Http.Raw(Photo), [("Prefer", "respond-async"), .. headers]);

    private async Task<Owner> OwnerOfAsync(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        var id = (await response.JsonAsync()).GetProperty("id").GetGuid();
        return (await _studio.Provider.GetRequiredService<IJobStore>().FindAsync(id, CancellationToken.None)).ShouldNotBeNull().Owner;
    }

    private sealed class KnownTokens : ITokenAuthenticator
    {
        public ValueTask<TokenIdentity?> AuthenticateAsync(string token, TokenCarrier carrier, CancellationToken cancellationToken) =>
            ValueTask.FromResult(token switch
            {
                "ana" => new TokenIdentity(Owner.User(Ana)) { UserId = "ana-1" },
                "shop" => new TokenIdentity(Owner.Parse("svc:shop:shop")) { ActsForKey = "shop" },
                _ => null,
            });
    }
}
