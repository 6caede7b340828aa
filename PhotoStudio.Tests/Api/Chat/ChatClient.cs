using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using PhotoStudio.Imaging;
using PhotoStudio.Tests.Api.Processing;
using PhotoStudio.Tests.Support;
using Shouldly;

namespace PhotoStudio.Tests.Api.Chat;

/// <summary>One guest's side of a conversation.</summary>
internal sealed class ChatClient(HttpClient client)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The guest.</summary>
    public string Guest { get; private init; } = StoredJobs.NewGuest();

    /// <summary>The path of the conversation's messages.</summary>
    public string Path { get; private set; } = "";

    /// <summary>The conversation.</summary>
    public Guid Session => Guid.Parse(Path.Split('/')[^2]);

    /// <summary>Opens a conversation.</summary>
    public static async Task<ChatClient> OpenAsync(HttpClient client)
    {
        var chat = new ChatClient(client);
        using var response = await client.PostAsync("/api/v1/chat/sessions", Http.Json("""{"new":true}"""), [("X-Guest-Id", chat.Guest)]);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        chat.Path = $"/api/v1/chat/sessions/{(await response.JsonAsync()).GetProperty("session_id").GetGuid()}/messages";
        return chat;
    }

    /// <summary>The same conversation with another studio on the same data.</summary>
    public ChatClient On(HttpClient other) => new(other) { Guest = Guest, Path = Path };

    /// <summary>Sends a message with pictures, each under its field, and waits for its end.</summary>
    public async Task<JsonElement> SayAsync(string text, params (string Field, byte[] File)[] pictures) => await EndOfAsync(await PostAsync(text, pictures));

    /// <summary>Sends a message; answers its id.</summary>
    public async Task<Guid> PostAsync(string text, params (string Field, byte[] File)[] pictures)
    {
        using var form = new MultipartFormDataContent { { new StringContent(text), "content" } };
        foreach (var (field, file) in pictures)
        {
            var content = new ByteArrayContent(file);
            content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            form.Add(content, field, "photo.png");
        }

        using var response = await client.PostAsync(Path, form, [("X-Guest-Id", Guest)]);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).GetProperty("message_id").GetGuid();
    }

    /// <summary>Waits for a message's end.</summary>
    public async Task<JsonElement> EndOfAsync(Guid message)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var shown = await GetAsync($"{Path}/{message}");
            if (shown.GetProperty("status").GetString() != "PROCESSING") return shown;
            patience.IsCancellationRequested.ShouldBeFalse(shown.GetRawText());
            await Task.Delay(20, CancellationToken.None);
        }
    }

    /// <summary>What the guest finds at a path.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await client.GetAsync(path, ("X-Guest-Id", Guest));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    /// <summary>The picture that a message led to.</summary>
    public async Task<Picture> PictureAsync(JsonElement message)
    {
        message.GetProperty("status").GetString().ShouldBe("DONE", message.GetRawText());
        message.GetProperty("image_url").GetString().ShouldNotBeNull(message.GetRawText());
        return TestFiles.Decode(await client.GetByteArrayAsync(message.GetProperty("image_url").GetString()));
    }
}
