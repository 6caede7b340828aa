using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Mail;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Mail;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Mail;

/// <summary>Letters by way of a mail server.</summary>
public sealed class SmtpMailSenderTests
{
    [Fact]
    public async Task A_letter_comes_through_with_its_accents()
    {
        await using var server = await MailServer.StartAsync();

        await Sender(server.Port).SendAsync(Letter("Đặt mật khẩu mới", "Chào Ánh,\n\nmật khẩu mới: ¿listo?\n.\nEND of it"), default);

        await Eventually.BecomesTrueAsync(() => server.Letters.Contains("\nEND\n", StringComparison.Ordinal), "the server has the letter");
        var lines = server.Letters.Split('\n', StringSplitOptions.TrimEntries);
        lines[0].ShouldBe("TO ana@example.com");
        lines.ShouldContain("From: studio@example.com");
        lines.ShouldContain("To: ana@example.com");
        server.Letters.ShouldContain("Subject: =?utf-8?B?");
        var body = Convert.FromBase64String(string.Concat(lines.SkipWhile(line => line.Length > 0).TakeWhile(line => line != "END")));
        System.Text.Encoding.UTF8.GetString(body).ReplaceLineEndings("\n").ShouldBe("Chào Ánh,\n\nmật khẩu mới: ¿listo?\n.\nEND of it");
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_neither_letter_nor_password()
    {
        await using var server = await MailServer.StartAsync(plain: false);

        var fault = await Should.ThrowAsync<StorageException>(() => Sender(server.Port, startTls: true, user: "studio").SendAsync(Letter("Hello", "text"), default));

        fault.Message.ShouldStartWith("The mail server did not take the letter");
        server.Letters.ShouldNotContain("TO ana");
    }

    [Fact]
    public async Task A_server_without_encryption_is_not_spoken_to_when_encryption_is_asked_for()
    {
        await using var server = await MailServer.StartAsync();

        await Should.ThrowAsync<StorageException>(() => Sender(server.Port, startTls: true).SendAsync(Letter("Hello", "text"), default));

        server.Letters.ShouldNotContain("TO ana");
    }

    [Fact]
    public async Task A_server_that_is_not_there_or_says_nothing_is_told_in_a_sentence()
    {
        (await Should.ThrowAsync<StorageException>(() => Sender(ServiceProcess.FreePort()).SendAsync(Letter("Hello", "text"), default)))
            .Message.ShouldStartWith("The mail server did not take the letter");

        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        (await Should.ThrowAsync<StorageException>(() => Sender(((IPEndPoint)silent.LocalEndpoint).Port).SendAsync(Letter("Hello", "text"), default)))
            .Message.ShouldBe("The mail server did not take the letter within 2 seconds.");
    }

    private static Letter Letter(string subject, string text) =>
        new(EmailAddress.TryParse("ana@example.com", out var to) ? to : throw new InvalidOperationException(), subject, text);

    private static SmtpMailSender Sender(int port, bool startTls = false, string? user = null) => new(Options.Create(new MailOptions
    {
        Host = "127.0.0.1",
        Port = port,
        StartTls = startTls,
        From = "studio@example.com",
        UserName = user,
        Password = user is null ? null : "secret",
        Timeout = TimeSpan.FromSeconds(2),
    }));
}
