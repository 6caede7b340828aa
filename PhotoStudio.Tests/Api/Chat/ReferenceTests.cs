using System.Text.Json;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Chat;

/// <summary>Messages that point at what the conversation made before, over HTTP and with the studio's own engines, in each language.</summary>
public sealed class ReferenceTests(ChatTests.Host host) : IClassFixture<ChatTests.Host>
{
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(120, 80, seed: 4), PictureFormat.Png);

    [Theory]
    [InlineData("en", "rotate it 90 degrees to the right", "make it warmer", "undo", "flip it horizontally")]
    [InlineData("vi", "xoay ảnh này sang phải 90 độ", "làm ảnh ấm hơn", "hoàn tác", "lật ngang ảnh này")]
    [InlineData("es", "gira la foto 90 grados a la derecha", "hazla más cálida", "deshacer", "voltéala horizontalmente")]
    public async Task Each_wish_works_on_the_last_picture_and_undo_goes_back_to_the_one_before(
        string language, string turn, string warmer, string undo, string flip)
    {
        var chat = await ChatClient.OpenAsync(host.Studio.Client);
        var turned = await chat.SayAsync(turn, ("image", Photo));
        var before = await chat.PictureAsync(turned);
        (before.Width, before.Height).ShouldBe((80, 120));
        turned.GetProperty("language").GetString().ShouldBe(language);

        var warm = await chat.SayAsync(warmer);
        Intent(warm).ShouldBe("adjust", warm.GetRawText());
        var warmed = await chat.PictureAsync(warm);
        (warmed.Width, warmed.Height).ShouldBe((80, 120));
        Warmth(warmed).ShouldBeGreaterThan(Warmth(before) + 2);
        Parents(await EntryAsync(chat, warm)).ShouldBe([ResultOf(turned)]);

        var undone = await chat.SayAsync(undo);
        undone.GetProperty("status").GetString().ShouldBe("DONE", undone.GetRawText());
        undone.GetProperty("results").GetArrayLength().ShouldBe(0);
        undone.GetProperty("reply").GetString().ShouldNotBeNullOrEmpty();

        // What follows "undo" works on the turned picture, not on the warm one.
        var flipped = await chat.SayAsync(flip);
        Intent(flipped).ShouldBe("flip", flipped.GetRawText());
        Parents(await EntryAsync(chat, flipped)).ShouldBe([ResultOf(turned)]);
        Warmth(await chat.PictureAsync(flipped)).ShouldBe(Warmth(before), 1);
    }

    [Theory]
    [InlineData("draw a lake at sunset", "again with another seed")]
    [InlineData("vẽ một cái hồ lúc hoàng hôn", "thử lại với seed khác")]
    [InlineData("dibuja un lago al atardecer", "otra vez con otra semilla")]
    public async Task Again_with_another_seed_is_another_picture_of_the_same_words(string draw, string again)
    {
        var chat = await ChatClient.OpenAsync(host.Studio.Client);
        var first = await chat.SayAsync(draw);
        Intent(first).ShouldBe("generate", first.GetRawText());
        var second = await chat.SayAsync(again);
        Intent(second).ShouldBe("generate", second.GetRawText());

        var (one, two) = (await EntryAsync(chat, first), await EntryAsync(chat, second));
        two.GetProperty("prompt").GetString().ShouldBe(one.GetProperty("prompt").GetString());
        two.GetProperty("refined_prompt").GetString().ShouldBe(one.GetProperty("refined_prompt").GetString());
        one.GetProperty("refined_prompt").GetString()!.ShouldContain("lake");
        var (before, after) = (await chat.PictureAsync(first), await chat.PictureAsync(second));
        (after.Width, after.Height).ShouldBe((before.Width, before.Height));
        after.Row(after.Height / 2).SequenceEqual(before.Row(before.Height / 2)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("crop it to a square and then rotate it 90 degrees", "flip the first one horizontally")]
    [InlineData("cắt ảnh thành hình vuông rồi xoay 90 độ", "lật ngang ảnh đầu tiên")]
    [InlineData("recorta la foto cuadrada y luego gírala 90 grados", "voltea horizontalmente la primera")]
    public async Task One_of_several_results_is_meant_by_its_place(string both, string first)
    {
        var chat = await ChatClient.OpenAsync(host.Studio.Client);
        var made = await chat.SayAsync(both, ("image", Photo));
        made.GetProperty("status").GetString().ShouldBe("DONE", made.GetRawText());
        var results = made.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("id").GetGuid()).ToList();
        results.Count.ShouldBe(2, made.GetRawText());

        var flipped = await chat.SayAsync(first);
        Intent(flipped).ShouldBe("flip", flipped.GetRawText());
        Parents(await EntryAsync(chat, flipped)).ShouldBe([results[0]]);
    }

    [Fact]
    public async Task A_picture_that_was_attached_to_a_greeting_is_the_one_that_is_meant_next()
    {
        var chat = await ChatClient.OpenAsync(host.Studio.Client);
        await chat.SayAsync("rotate it 90 degrees", ("image", Photo));
        var wide = TestFiles.Encode(TestPictures.Photo(200, 50, seed: 9), PictureFormat.Png);
        await chat.SayAsync("hello, look at this one", ("image", wide));
        var picture = await chat.PictureAsync(await chat.SayAsync("flip it horizontally"));
        (picture.Width, picture.Height).ShouldBe((200, 50));
    }

    [Theory]
    [InlineData("remove the background")]
    [InlineData("xóa nền")]
    [InlineData("quita el fondo")]
    public async Task A_question_is_answered_by_the_picture_that_was_missing(string wish)
    {
        var chat = await ChatClient.OpenAsync(host.Studio.Client);
        (await chat.SayAsync(wish)).GetProperty("results").GetArrayLength().ShouldBe(0);
        var done = await chat.SayAsync("", ("image", Photo));
        Intent(done).ShouldBe("remove-background", done.GetRawText());
        (await chat.PictureAsync(done)).HasAlpha.ShouldBeTrue();
    }

    private static string? Intent(JsonElement message) => message.GetProperty("intent").GetString();

    private static Guid ResultOf(JsonElement message) => message.GetProperty("results")[0].GetProperty("id").GetGuid();

    private static Task<JsonElement> EntryAsync(ChatClient chat, JsonElement message) => chat.GetAsync($"/api/v1/gallery/{ResultOf(message)}");

    private static IEnumerable<Guid> Parents(JsonElement entry) => entry.GetProperty("parents").EnumerateArray().Select(parent => parent.GetGuid());

    // How much redder than blue it is, on average.
    private static double Warmth(Picture picture)
    {
        var (sum, channels) = (0.0, picture.Channels);
        for (var at = 0; at < picture.Samples.Length; at += channels) sum += picture.Samples[at] - picture.Samples[at + 2];
        return sum / (picture.Width * picture.Height);
    }
}
