using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;

namespace PhotoStudio.Tests.Api.Styles;

/// <summary>What tests of styles and of what is made with them ask of the studio.</summary>
public static class StyleClient
{
    /// <summary>A small photograph as a file.</summary>
    public static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(96, 72, seed: 4), PictureFormat.Png);

    /// <summary>Somebody with a role, with a token that says so.</summary>
    public static async Task<Person> RegisterAsAsync(this StudioHost studio, string role)
    {
        var person = await studio.RegisterAsync();
        await studio.Provider.GetRequiredService<IAccountStore>().SetRolesAsync(person.Id, [AccountRoles.User, role], CancellationToken.None);
        using var login = await studio.LoginAsync(person.Email);
        login.StatusCode.ShouldBe(HttpStatusCode.OK);
        return People.ToPerson((await login.JsonAsync()).GetProperty("data"));
    }

    /// <summary>The <c>data</c> of an answer that has to be a success.</summary>
    public static async Task<JsonElement> DataAsync(this Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("data");
    }

    /// <summary>The id of a style by its slug.</summary>
    public static async Task<Guid> StyleIdAsync(this StudioHost studio, string slug, params (string, string)[] headers)
    {
        var found = await studio.Client.GetAsync($"/api/v1/styles?search={slug}&page_size=100", headers).DataAsync();
        return found.EnumerateArray().First(style => style.GetProperty("slug").GetString() == slug).GetProperty("id").GetGuid();
    }
}
