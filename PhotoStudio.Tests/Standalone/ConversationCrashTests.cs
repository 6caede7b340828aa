using System.Text.Json;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Api.Chat;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Standalone;

public sealed class ConversationCrashTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Messages_go_on_after_the_studio_was_killed_and_no_step_is_done_twice()
    {
        var photo = TestFiles.Encode(TestPictures.Photo(1600, 1200, seed: 7), PictureFormat.Png);
        ChatClient chat;
        Guid first, second;
        await using (var studio = await StudioProcess.StartAsync(_data.Path))
        {
            chat = await ChatClient.OpenAsync(studio.Client);
            first = await chat.PostAsync("upscale it 2 times and then rotate it 90 degrees to the right", ("image", photo));
            second = await chat.PostAsync("make it black and white");
            await Eventually.BecomesTrueAsync(
                async () => (await chat.GetAsync($"{chat.Path}/{first}")).GetProperty("plan").EnumerateArray().Any(step => step.GetProperty("task_id").ValueKind == JsonValueKind.String),
                "the first step has begun");
            await studio.KillAsync();
        }

        await using var again = await StudioProcess.StartAsync(_data.Path);
        chat = chat.On(again.Client);
        var turned = await chat.EndOfAsync(first);
        turned.GetProperty("status").GetString().ShouldBe("DONE", turned.GetRawText());
        turned.GetProperty("reply").GetString().ShouldNotBeNullOrEmpty();
        turned.GetProperty("plan").EnumerateArray().Select(step => step.GetProperty("operation").GetString()).ShouldBe(["upscale", "rotate"]);
        var picture = await chat.PictureAsync(turned);
        (picture.Width, picture.Height).ShouldBe((2400, 3200));

        // The next message waited for its turn, and works on what the first one made.
        var gray = await chat.PictureAsync(await chat.EndOfAsync(second));
        (gray.Width, gray.Height).ShouldBe((2400, 3200));
        (await chat.GetAsync("/api/v1/processing/jobs/list")).GetProperty("pagination").GetProperty("count").GetInt32().ShouldBe(3);
        (await chat.GetAsync("/api/v1/processing/results")).GetProperty("pagination").GetProperty("count").GetInt32().ShouldBe(3);
    }
}
