package example.quzhong.api.registry.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Accounts of people in installations without an identity provider: a password and one-time codes (TOTP, RFC 6238).
 * An administrator opens an account and hands its owner what the answer shows: a one-time enrolment code and the
 * secret of the one-time codes. The owner sets a password with both (POST /accounts/enrol of the registry), and from
 * then on signs in (grant type urn:quzhong:grant-type:local-account at POST /oauth/token) for eight hours.
 *   PENDING ──enrol──▶ ACTIVE ──▶ DISABLED
 *      ▲                  │          │
 *      └────── reset ─────┴──────────┘
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AccountServiceGrpc {

  private AccountServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.registry.v1.AccountService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RegisterAccountRequest,
      example.quzhong.api.registry.v1.RegisterAccountResponse> getRegisterAccountMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RegisterAccount",
      requestType = example.quzhong.api.registry.v1.RegisterAccountRequest.class,
      responseType = example.quzhong.api.registry.v1.RegisterAccountResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RegisterAccountRequest,
      example.quzhong.api.registry.v1.RegisterAccountResponse> getRegisterAccountMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RegisterAccountRequest, example.quzhong.api.registry.v1.RegisterAccountResponse> getRegisterAccountMethod;
    if ((getRegisterAccountMethod = AccountServiceGrpc.getRegisterAccountMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getRegisterAccountMethod = AccountServiceGrpc.getRegisterAccountMethod) == null) {
          AccountServiceGrpc.getRegisterAccountMethod = getRegisterAccountMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.RegisterAccountRequest, example.quzhong.api.registry.v1.RegisterAccountResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RegisterAccount"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.RegisterAccountRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.RegisterAccountResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("RegisterAccount"))
              .build();
        }
      }
    }
    return getRegisterAccountMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ResetAccountRequest,
      example.quzhong.api.registry.v1.ResetAccountResponse> getResetAccountMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ResetAccount",
      requestType = example.quzhong.api.registry.v1.ResetAccountRequest.class,
      responseType = example.quzhong.api.registry.v1.ResetAccountResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ResetAccountRequest,
      example.quzhong.api.registry.v1.ResetAccountResponse> getResetAccountMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ResetAccountRequest, example.quzhong.api.registry.v1.ResetAccountResponse> getResetAccountMethod;
    if ((getResetAccountMethod = AccountServiceGrpc.getResetAccountMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getResetAccountMethod = AccountServiceGrpc.getResetAccountMethod) == null) {
          AccountServiceGrpc.getResetAccountMethod = getResetAccountMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.ResetAccountRequest, example.quzhong.api.registry.v1.ResetAccountResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ResetAccount"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ResetAccountRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ResetAccountResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("ResetAccount"))
              .build();
        }
      }
    }
    return getResetAccountMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.DisableAccountRequest,
      example.quzhong.api.registry.v1.DisableAccountResponse> getDisableAccountMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DisableAccount",
      requestType = example.quzhong.api.registry.v1.DisableAccountRequest.class,
      responseType = example.quzhong.api.registry.v1.DisableAccountResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.DisableAccountRequest,
      example.quzhong.api.registry.v1.DisableAccountResponse> getDisableAccountMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.DisableAccountRequest, example.quzhong.api.registry.v1.DisableAccountResponse> getDisableAccountMethod;
    if ((getDisableAccountMethod = AccountServiceGrpc.getDisableAccountMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getDisableAccountMethod = AccountServiceGrpc.getDisableAccountMethod) == null) {
          AccountServiceGrpc.getDisableAccountMethod = getDisableAccountMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.DisableAccountRequest, example.quzhong.api.registry.v1.DisableAccountResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DisableAccount"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.DisableAccountRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.DisableAccountResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("DisableAccount"))
              .build();
        }
      }
    }
    return getDisableAccountMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.AmendAccountRequest,
      example.quzhong.api.registry.v1.AmendAccountResponse> getAmendAccountMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AmendAccount",
      requestType = example.quzhong.api.registry.v1.AmendAccountRequest.class,
      responseType = example.quzhong.api.registry.v1.AmendAccountResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.AmendAccountRequest,
      example.quzhong.api.registry.v1.AmendAccountResponse> getAmendAccountMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.AmendAccountRequest, example.quzhong.api.registry.v1.AmendAccountResponse> getAmendAccountMethod;
    if ((getAmendAccountMethod = AccountServiceGrpc.getAmendAccountMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getAmendAccountMethod = AccountServiceGrpc.getAmendAccountMethod) == null) {
          AccountServiceGrpc.getAmendAccountMethod = getAmendAccountMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.AmendAccountRequest, example.quzhong.api.registry.v1.AmendAccountResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AmendAccount"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.AmendAccountRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.AmendAccountResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("AmendAccount"))
              .build();
        }
      }
    }
    return getAmendAccountMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListAccountsRequest,
      example.quzhong.api.registry.v1.ListAccountsResponse> getListAccountsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAccounts",
      requestType = example.quzhong.api.registry.v1.ListAccountsRequest.class,
      responseType = example.quzhong.api.registry.v1.ListAccountsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListAccountsRequest,
      example.quzhong.api.registry.v1.ListAccountsResponse> getListAccountsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListAccountsRequest, example.quzhong.api.registry.v1.ListAccountsResponse> getListAccountsMethod;
    if ((getListAccountsMethod = AccountServiceGrpc.getListAccountsMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getListAccountsMethod = AccountServiceGrpc.getListAccountsMethod) == null) {
          AccountServiceGrpc.getListAccountsMethod = getListAccountsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.ListAccountsRequest, example.quzhong.api.registry.v1.ListAccountsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAccounts"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListAccountsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListAccountsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("ListAccounts"))
              .build();
        }
      }
    }
    return getListAccountsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AccountServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AccountServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AccountServiceStub>() {
        @java.lang.Override
        public AccountServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AccountServiceStub(channel, callOptions);
        }
      };
    return AccountServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AccountServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AccountServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AccountServiceBlockingV2Stub>() {
        @java.lang.Override
        public AccountServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AccountServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AccountServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AccountServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AccountServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AccountServiceBlockingStub>() {
        @java.lang.Override
        public AccountServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AccountServiceBlockingStub(channel, callOptions);
        }
      };
    return AccountServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AccountServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AccountServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AccountServiceFutureStub>() {
        @java.lang.Override
        public AccountServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AccountServiceFutureStub(channel, callOptions);
        }
      };
    return AccountServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Accounts of people in installations without an identity provider: a password and one-time codes (TOTP, RFC 6238).
   * An administrator opens an account and hands its owner what the answer shows: a one-time enrolment code and the
   * secret of the one-time codes. The owner sets a password with both (POST /accounts/enrol of the registry), and from
   * then on signs in (grant type urn:quzhong:grant-type:local-account at POST /oauth/token) for eight hours.
   *   PENDING ──enrol──▶ ACTIVE ──▶ DISABLED
   *      ▲                  │          │
   *      └────── reset ─────┴──────────┘
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Open an account for somebody of a party. Administrators and services of the suite have none.
     * </pre>
     */
    default void registerAccount(example.quzhong.api.registry.v1.RegisterAccountRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RegisterAccountResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRegisterAccountMethod(), responseObserver);
    }

    /**
     * <pre>
     * Recover an account whose password or device is lost: both count no more, its sessions end, it is enrolled anew.
     * </pre>
     */
    default void resetAccount(example.quzhong.api.registry.v1.ResetAccountRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ResetAccountResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getResetAccountMethod(), responseObserver);
    }

    /**
     * <pre>
     * Close an account; its sessions end at once.
     * </pre>
     */
    default void disableAccount(example.quzhong.api.registry.v1.DisableAccountRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.DisableAccountResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDisableAccountMethod(), responseObserver);
    }

    /**
     * <pre>
     * Give an account to another party, and with it that party's role and areas, or mend the name of its owner. With
     * another party its sessions end at once; password and device stay.
     * </pre>
     */
    default void amendAccount(example.quzhong.api.registry.v1.AmendAccountRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.AmendAccountResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAmendAccountMethod(), responseObserver);
    }

    /**
     */
    default void listAccounts(example.quzhong.api.registry.v1.ListAccountsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListAccountsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAccountsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AccountService.
   * <pre>
   * Accounts of people in installations without an identity provider: a password and one-time codes (TOTP, RFC 6238).
   * An administrator opens an account and hands its owner what the answer shows: a one-time enrolment code and the
   * secret of the one-time codes. The owner sets a password with both (POST /accounts/enrol of the registry), and from
   * then on signs in (grant type urn:quzhong:grant-type:local-account at POST /oauth/token) for eight hours.
   *   PENDING ──enrol──▶ ACTIVE ──▶ DISABLED
   *      ▲                  │          │
   *      └────── reset ─────┴──────────┘
   * </pre>
   */
  public static abstract class AccountServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AccountServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AccountService.
   * <pre>
   * Accounts of people in installations without an identity provider: a password and one-time codes (TOTP, RFC 6238).
   * An administrator opens an account and hands its owner what the answer shows: a one-time enrolment code and the
   * secret of the one-time codes. The owner sets a password with both (POST /accounts/enrol of the registry), and from
   * then on signs in (grant type urn:quzhong:grant-type:local-account at POST /oauth/token) for eight hours.
   *   PENDING ──enrol──▶ ACTIVE ──▶ DISABLED
   *      ▲                  │          │
   *      └────── reset ─────┴──────────┘
   * </pre>
   */
  public static final class AccountServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AccountServiceStub> {
    private AccountServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AccountServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AccountServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Open an account for somebody of a party. Administrators and services of the suite have none.
     * </pre>
     */
    public void registerAccount(example.quzhong.api.registry.v1.RegisterAccountRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RegisterAccountResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRegisterAccountMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Recover an account whose password or device is lost: both count no more, its sessions end, it is enrolled anew.
     * </pre>
     */
    public void resetAccount(example.quzhong.api.registry.v1.ResetAccountRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ResetAccountResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getResetAccountMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Close an account; its sessions end at once.
     * </pre>
     */
    public void disableAccount(example.quzhong.api.registry.v1.DisableAccountRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.DisableAccountResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDisableAccountMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Give an account to another party, and with it that party's role and areas, or mend the name of its owner. With
     * another party its sessions end at once; password and device stay.
     * </pre>
     */
    public void amendAccount(example.quzhong.api.registry.v1.AmendAccountRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.AmendAccountResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAmendAccountMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void listAccounts(example.quzhong.api.registry.v1.ListAccountsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListAccountsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAccountsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AccountService.
   * <pre>
   * Accounts of people in installations without an identity provider: a password and one-time codes (TOTP, RFC 6238).
   * An administrator opens an account and hands its owner what the answer shows: a one-time enrolment code and the
   * secret of the one-time codes. The owner sets a password with both (POST /accounts/enrol of the registry), and from
   * then on signs in (grant type urn:quzhong:grant-type:local-account at POST /oauth/token) for eight hours.
   *   PENDING ──enrol──▶ ACTIVE ──▶ DISABLED
   *      ▲                  │          │
   *      └────── reset ─────┴──────────┘
   * </pre>
   */
  public static final class AccountServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AccountServiceBlockingV2Stub> {
    private AccountServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AccountServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AccountServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Open an account for somebody of a party. Administrators and services of the suite have none.
     * </pre>
     */
    public example.quzhong.api.registry.v1.RegisterAccountResponse registerAccount(example.quzhong.api.registry.v1.RegisterAccountRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRegisterAccountMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Recover an account whose password or device is lost: both count no more, its sessions end, it is enrolled anew.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ResetAccountResponse resetAccount(example.quzhong.api.registry.v1.ResetAccountRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getResetAccountMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Close an account; its sessions end at once.
     * </pre>
     */
    public example.quzhong.api.registry.v1.DisableAccountResponse disableAccount(example.quzhong.api.registry.v1.DisableAccountRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDisableAccountMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Give an account to another party, and with it that party's role and areas, or mend the name of its owner. With
     * another party its sessions end at once; password and device stay.
     * </pre>
     */
    public example.quzhong.api.registry.v1.AmendAccountResponse amendAccount(example.quzhong.api.registry.v1.AmendAccountRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAmendAccountMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.registry.v1.ListAccountsResponse listAccounts(example.quzhong.api.registry.v1.ListAccountsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAccountsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AccountService.
   * <pre>
   * Accounts of people in installations without an identity provider: a password and one-time codes (TOTP, RFC 6238).
   * An administrator opens an account and hands its owner what the answer shows: a one-time enrolment code and the
   * secret of the one-time codes. The owner sets a password with both (POST /accounts/enrol of the registry), and from
   * then on signs in (grant type urn:quzhong:grant-type:local-account at POST /oauth/token) for eight hours.
   *   PENDING ──enrol──▶ ACTIVE ──▶ DISABLED
   *      ▲                  │          │
   *      └────── reset ─────┴──────────┘
   * </pre>
   */
  public static final class AccountServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AccountServiceBlockingStub> {
    private AccountServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AccountServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AccountServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Open an account for somebody of a party. Administrators and services of the suite have none.
     * </pre>
     */
    public example.quzhong.api.registry.v1.RegisterAccountResponse registerAccount(example.quzhong.api.registry.v1.RegisterAccountRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRegisterAccountMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Recover an account whose password or device is lost: both count no more, its sessions end, it is enrolled anew.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ResetAccountResponse resetAccount(example.quzhong.api.registry.v1.ResetAccountRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getResetAccountMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Close an account; its sessions end at once.
     * </pre>
     */
    public example.quzhong.api.registry.v1.DisableAccountResponse disableAccount(example.quzhong.api.registry.v1.DisableAccountRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDisableAccountMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Give an account to another party, and with it that party's role and areas, or mend the name of its owner. With
     * another party its sessions end at once; password and device stay.
     * </pre>
     */
    public example.quzhong.api.registry.v1.AmendAccountResponse amendAccount(example.quzhong.api.registry.v1.AmendAccountRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAmendAccountMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.registry.v1.ListAccountsResponse listAccounts(example.quzhong.api.registry.v1.ListAccountsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAccountsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AccountService.
   * <pre>
   * Accounts of people in installations without an identity provider: a password and one-time codes (TOTP, RFC 6238).
   * An administrator opens an account and hands its owner what the answer shows: a one-time enrolment code and the
   * secret of the one-time codes. The owner sets a password with both (POST /accounts/enrol of the registry), and from
   * then on signs in (grant type urn:quzhong:grant-type:local-account at POST /oauth/token) for eight hours.
   *   PENDING ──enrol──▶ ACTIVE ──▶ DISABLED
   *      ▲                  │          │
   *      └────── reset ─────┴──────────┘
   * </pre>
   */
  public static final class AccountServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AccountServiceFutureStub> {
    private AccountServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AccountServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AccountServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Open an account for somebody of a party. Administrators and services of the suite have none.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.RegisterAccountResponse> registerAccount(
        example.quzhong.api.registry.v1.RegisterAccountRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRegisterAccountMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Recover an account whose password or device is lost: both count no more, its sessions end, it is enrolled anew.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.ResetAccountResponse> resetAccount(
        example.quzhong.api.registry.v1.ResetAccountRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getResetAccountMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Close an account; its sessions end at once.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.DisableAccountResponse> disableAccount(
        example.quzhong.api.registry.v1.DisableAccountRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDisableAccountMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Give an account to another party, and with it that party's role and areas, or mend the name of its owner. With
     * another party its sessions end at once; password and device stay.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.AmendAccountResponse> amendAccount(
        example.quzhong.api.registry.v1.AmendAccountRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAmendAccountMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.ListAccountsResponse> listAccounts(
        example.quzhong.api.registry.v1.ListAccountsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAccountsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_REGISTER_ACCOUNT = 0;
  private static final int METHODID_RESET_ACCOUNT = 1;
  private static final int METHODID_DISABLE_ACCOUNT = 2;
  private static final int METHODID_AMEND_ACCOUNT = 3;
  private static final int METHODID_LIST_ACCOUNTS = 4;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_REGISTER_ACCOUNT:
          serviceImpl.registerAccount((example.quzhong.api.registry.v1.RegisterAccountRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RegisterAccountResponse>) responseObserver);
          break;
        case METHODID_RESET_ACCOUNT:
          serviceImpl.resetAccount((example.quzhong.api.registry.v1.ResetAccountRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ResetAccountResponse>) responseObserver);
          break;
        case METHODID_DISABLE_ACCOUNT:
          serviceImpl.disableAccount((example.quzhong.api.registry.v1.DisableAccountRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.DisableAccountResponse>) responseObserver);
          break;
        case METHODID_AMEND_ACCOUNT:
          serviceImpl.amendAccount((example.quzhong.api.registry.v1.AmendAccountRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.AmendAccountResponse>) responseObserver);
          break;
        case METHODID_LIST_ACCOUNTS:
          serviceImpl.listAccounts((example.quzhong.api.registry.v1.ListAccountsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListAccountsResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getRegisterAccountMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.RegisterAccountRequest,
              example.quzhong.api.registry.v1.RegisterAccountResponse>(
                service, METHODID_REGISTER_ACCOUNT)))
        .addMethod(
          getResetAccountMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.ResetAccountRequest,
              example.quzhong.api.registry.v1.ResetAccountResponse>(
                service, METHODID_RESET_ACCOUNT)))
        .addMethod(
          getDisableAccountMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.DisableAccountRequest,
              example.quzhong.api.registry.v1.DisableAccountResponse>(
                service, METHODID_DISABLE_ACCOUNT)))
        .addMethod(
          getAmendAccountMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.AmendAccountRequest,
              example.quzhong.api.registry.v1.AmendAccountResponse>(
                service, METHODID_AMEND_ACCOUNT)))
        .addMethod(
          getListAccountsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.ListAccountsRequest,
              example.quzhong.api.registry.v1.ListAccountsResponse>(
                service, METHODID_LIST_ACCOUNTS)))
        .build();
  }

  private static abstract class AccountServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AccountServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.registry.v1.AccountsProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AccountService");
    }
  }

  private static final class AccountServiceFileDescriptorSupplier
      extends AccountServiceBaseDescriptorSupplier {
    AccountServiceFileDescriptorSupplier() {}
  }

  private static final class AccountServiceMethodDescriptorSupplier
      extends AccountServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AccountServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (AccountServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AccountServiceFileDescriptorSupplier())
              .addMethod(getRegisterAccountMethod())
              .addMethod(getResetAccountMethod())
              .addMethod(getDisableAccountMethod())
              .addMethod(getAmendAccountMethod())
              .addMethod(getListAccountsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
