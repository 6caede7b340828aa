using System.Globalization;
using MongoDB.Bson;
using MongoDB.Driver;

namespace PhotoStudio.Tests.Support.Mongo;

/// <summary>
/// A MongoDB server for the tests: the one that <c>STUDIO_TEST_MONGO</c> names, such as <c>mongodb://localhost:27017</c>, or a
/// <c>mongod</c> of this machine, started for them alone.
/// </summary>
internal static class MongoServer
{
    private static readonly Lazy<Task<MongoClient>> Shared = new(ConnectAsync);

    /// <summary>The one that all tests share; each uses a database of its own.</summary>
    public static Task<MongoClient> SharedAsync() => Shared.Value;

    private static async Task<MongoClient> ConnectAsync()
    {
        if (Environment.GetEnvironmentVariable("STUDIO_TEST_MONGO") is { Length: > 0 } named) return new MongoClient(named);
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "mongod")).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("There is no mongod on this machine, and STUDIO_TEST_MONGO names no server.", "mongod");

        var port = ServiceProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        var folder = await PrivateServer.MakeFolderAsync();
        var server = PrivateServer.Start(folder, user: null, [program, "--dbpath", folder, "--bind_ip", "127.0.0.1", "--port", port, "--quiet"]);
        var client = new MongoClient($"mongodb://127.0.0.1:{port}/?serverSelectionTimeoutMS=2000");
        await server.WaitUntilAsync(() => client.GetDatabase("admin").RunCommandAsync<BsonDocument>(new BsonDocument("ping", 1)));
        return client;
    }
}
